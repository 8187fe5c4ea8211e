"""What was found about a cell of a workbook: to mend, mended by itself, or simply read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shuangyong_core.guard.corrections import kind_of

FORMULA = "公式"


class CellState(StrEnum):
    """What becomes of a cell."""

    PASSED = "passed"  # 通过
    MENDED = "mended"  # 已自动更正
    WRONG = "wrong"  # 要改
    UNCHANGED = "unchanged"  # 没有变化


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and where."""

    sheet: str
    place: str  # E9
    row: int
    header: str
    target: str  # its code; nothing: the whole row
    unit: str
    unit_name: str
    value: str | None  # masked
    code: str
    message: str

    @property
    def where(self) -> str:
        """The place as Excel says it: 社区!E9."""
        return f"{self.sheet}!{self.place}"


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell that was read although it was written another way: 已自动更正."""

    sheet: str
    place: str
    target: str
    unit: str
    unit_name: str
    value: str
    note: str

    @property
    def kind(self) -> str:
        """What sort of mending it was, for counting."""
        return FORMULA if self.note.startswith(FORMULA) else kind_of(self.note)

    @property
    def became(self) -> str:
        """What it was read as, where the note says so."""
        return self.note.rpartition("：")[2] if "：" in self.note else ""


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """One input cell of a row that holds something, or lacks it."""

    place: str
    target: str
    field: str
    value: str  # masked
    state: CellState
