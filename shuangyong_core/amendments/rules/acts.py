"""The five acts on units, as a file has them and as they are played on the trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActKind(StrEnum):
    """What is done to a unit."""

    MERGE = "merge"  # 合并: goes into another
    SPLIT = "split"  # 拆分: becomes several, or gives a part to a new one
    MOVE = "move"  # 划转: gets another superior or territory
    RENAME = "rename"  # 更名
    ABOLISH = "abolish"  # 撤销: nobody goes on for it


ACT_WORDS = {
    ActKind.MERGE: "合并",
    ActKind.SPLIT: "拆分",
    ActKind.MOVE: "划转",
    ActKind.RENAME: "更名",
    ActKind.ABOLISH: "撤销",
}
ACT_OF_WORD = (
    {str(kind): kind for kind in ActKind}
    | {word: kind for kind, word in ACT_WORDS.items()}
    | {"并入": ActKind.MERGE, "析出": ActKind.SPLIT, "改名": ActKind.RENAME}
)


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the file: codes are text, an empty one was left blank."""

    row: int
    kind: ActKind
    code: str
    to: str
    territory: str
    name: str
    effective: date
    bases: tuple[tuple[str, int], ...] = ()  # of a split: what this successor gets


@dataclass(frozen=True, slots=True)
class ActList:
    """The acts of one file; `columns` are its headers as the sender wrote them, by key."""

    file: str
    acts: tuple[Act, ...]
    columns: dict[str, str]

    def column(self, key: str) -> str:
        """This function will name a column as the sender knows it."""
        return self.columns.get(key, key)


@dataclass(frozen=True, slots=True)
class Turn:
    """One act with units for codes; a split has as many successors as it has rows.

    A new unit has a number below zero until it is kept.
    """

    row: int
    kind: ActKind
    unit: int
    to: tuple[int, ...]
    territory: int | None
    since: date
    bases: tuple[tuple[int, str, int], ...] = ()  # of a split: successor, base, value

    @property
    def stays(self) -> bool:
        """Whether the unit is still there afterwards."""
        if self.kind is ActKind.SPLIT:
            return self.unit in self.to
        return self.kind in (ActKind.MOVE, ActKind.RENAME)

    @property
    def heirs(self) -> tuple[int, ...]:
        """Who goes on for it, or takes a part of it."""
        if self.kind not in (ActKind.MERGE, ActKind.SPLIT):
            return ()
        return tuple(one for one in self.to if one != self.unit)


def shares(whole: int, parties: Sequence[int]) -> list[int]:
    """This function will share a whole out evenly; the first get one more where it does not go."""
    each, over = divmod(whole, len(parties))
    return [each + (place < over) for place in range(len(parties))]
