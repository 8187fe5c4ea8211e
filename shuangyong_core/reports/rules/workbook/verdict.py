"""What is said of a workbook: a verdict for every row and cell, and what was mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.reports.rules.workbook.findings import (
    CellState,
    CheckedCell,
    Fault,
    Mended,
)
from shuangyong_core.sheets import Mark

__all__ = [
    "CellState", "CheckedCell", "Fault", "Mended", "Outcome", "RowVerdict", "Verdict",
    "WorkbookRefused",
]  # fmt: skip


class Outcome(StrEnum):
    """What becomes of a row."""

    WRITE = "write"  # 要写入
    UNCHANGED = "unchanged"  # 没有变化
    BLANK = "blank"  # 没有填
    WRONG = "wrong"  # 要改


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """One unit's row."""

    sheet: str
    row: int
    unit: str
    unit_name: str
    outcome: Outcome
    state: str  # where its report stands
    figures: int = 0  # that were checked
    cells: tuple[CheckedCell, ...] = ()
    faults: tuple[Fault, ...] = ()
    mended: tuple[Mended, ...] = ()
    warnings: tuple[str, ...] = ()
    body: Mapping[str, Any] | None = None  # of the report that would be sent

    @property
    def wrong_figures(self) -> int:
        """How many of its figures must be mended; a fault of the row is one of all."""
        if any(not fault.target for fault in self.faults):
            return self.figures
        return len({fault.target for fault in self.faults})


class WorkbookRefused(Problems):
    """Some cells must be mended; nothing was written."""

    message = "{summary}"
    code = "workbook_refused"

    def __init__(self, problems: Sequence[Problem], *, summary: str) -> None:
        Refused.__init__(self, problems=problems, summary=summary)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole workbook."""

    file: str
    plan: str
    round: str
    round_title: str
    unit: str
    below: bool
    rows: tuple[RowVerdict, ...]
    problems: tuple[Problem, ...]  # of the table itself
    warnings: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """This function will count the rows of an outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def checked(self) -> int:
        """How many figures (格) were checked."""
        return sum(row.figures for row in self.rows)

    @property
    def wrong(self) -> int:
        """How many of them must be mended."""
        return sum(row.wrong_figures for row in self.rows)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything to mend, in the order of the file."""
        return tuple(fault for row in self.rows for fault in row.faults)

    @property
    def mended(self) -> tuple[Mended, ...]:
        """Everything that was mended by itself."""
        return tuple(each for row in self.rows for each in row.mended)

    @property
    def mended_kinds(self) -> tuple[tuple[str, int], ...]:
        """How often each kind of mending was done, the most frequent first."""
        return tuple(Counter(each.kind for each in self.mended).most_common())

    @property
    def passes(self) -> bool:
        """Whether it may be written."""
        return not self.faults and not self.problems

    @property
    def summary(self) -> str:
        """One sentence for whoever uploaded it."""
        writes = self.count(Outcome.WRITE)
        if not self.passes:
            told = [
                f"{self.checked} 格里有 {self.wrong} 格要改，{self.checked - self.wrong} 格通过"
            ]
            told += [f"表格本身有 {len(self.problems)} 处要改"] if self.problems else []
            return f"{'；'.join(told)}。还没有写入任何数。"
        if not writes:
            return "没有新填或改动的行，不用写入。"
        return f"{self.checked} 格全部通过，可以写入 {writes} 个单位。"

    def refusal(self) -> WorkbookRefused:
        """This function will give the refusal that names every cell."""
        found = [
            Problem(
                each.code, each.message, file=self.file, row=each.row,
                column=f"{each.unit_name} {each.header}".strip(), field=each.where,
                value=each.value,
            )
            for each in self.faults
        ]  # fmt: skip
        return WorkbookRefused([*self.problems, *found], summary=self.summary)

    def marks(self) -> list[Mark]:
        """This function will give the cells to colour in the sender's own file."""
        table = [
            Mark(*(each.field or "!").partition("!")[::2], each.message) for each in self.problems
        ]
        return table + [
            Mark(
                each.sheet,
                each.place,
                f"{each.unit_name} {each.header}".strip() + f"：{each.message}",
            )
            for each in self.faults
        ]
