"""What a file of acts comes to, while its units are being found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shuangyong_core.amendments.queries.units_named import UnitKnown
from shuangyong_core.amendments.rules.acts import Act, ActKind, ActList, Turn
from shuangyong_core.errors import Problem
from shuangyong_core.guard.masking import mask
from shuangyong_core.units.successions import Succession


@dataclass(slots=True)
class Resolved:
    """What a file comes to: turns and renames still to be done, and everything that is wrong."""

    listed: ActList
    units: dict[str, UnitKnown]
    taken: set[str]  # codes that are kept, be they within reach or not
    turns: list[Turn] = field(default_factory=list)
    renames: list[tuple[Act, UnitKnown]] = field(default_factory=list)
    fresh: list[UnitKnown] = field(default_factory=list)
    done: list[Act] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, row: int, key: str, code: str, message: str, value: str = "") -> None:
        """This function will keep what is wrong, at the place where the sender wrote it."""
        place: dict[str, Any] = {
            "file": self.listed.file,
            "row": row,
            "column": self.listed.column(key),
        }
        self.problems.append(Problem(code, message, value=mask(value) or None, **place))

    @property
    def named(self) -> set[int]:
        """The units that the acts still to be done name."""
        found = {turn.unit for turn in self.turns} | {unit.id for _, unit in self.renames}
        found |= {unit for turn in self.turns for unit in turn.to if unit > 0}
        return found | {turn.territory for turn in self.turns if turn.territory is not None}

    @property
    def emptied(self) -> set[int]:
        """The units that will not be there any more, or give something away."""
        kinds = (ActKind.MERGE, ActKind.SPLIT, ActKind.ABOLISH)
        return {turn.unit for turn in self.turns if turn.kind in kinds}

    @property
    def by_id(self) -> dict[int, UnitKnown]:
        """Every unit named, by number."""
        return {unit.id: unit for unit in self.units.values()}

    def is_gone(self, act: Act, key: str, became: Sequence[Succession]) -> None:
        """This function will say that a unit does not stand any more, and who goes on for it."""
        heirs = "、".join(f"{one.new_name}（{one.new}）" for one in became if one.new)
        since = f"已于 {became[0].date} 撤并" if became else "已撤销"
        said = f"这个单位{since}，" + (f"承接单位是{heirs}。" if heirs else "没有承接单位。")
        self.wrong(act.row, key, "gone", said, act.code if key == "code" else act.to)
