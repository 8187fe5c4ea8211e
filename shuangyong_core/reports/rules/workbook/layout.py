"""What a workbook holds before it is written: sheets by kind of unit, one row a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shuangyong_core.reports.rules.required import FigureValue, RequiredFigure
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.reports.rules.workbook.cells import Value

OWN = "own"  # the sheet of the unit the workbook was made for
OWN_TITLES = {True: "本级", False: "本单位"}
NOT_BEGUN = "未报"
NOT_DUE = "—"  # stands where a unit has nothing to report
STATE_WORDS = {
    Status.SUBMITTED: "待审核",
    Status.CHECKED: "待审核",
    Status.RETURNED: "退回修改",
    Status.ACCEPTED: "已审核",
    Status.REOPENED: "复核中",
}
SETTLED = (Status.SUBMITTED, Status.CHECKED, Status.ACCEPTED)
SENT = (*SETTLED, Status.RETURNED, Status.REOPENED)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a figure for whoever types it."""

    last: str = ""
    goal: str = ""
    left: str = ""
    fix: str = ""  # what the reviewer wants mended

    @property
    def text(self) -> str:
        """One short text."""
        told = [f"要改：{self.fix}"] if self.fix else []
        told += [
            f"{name} {value}"
            for name, value in (("上次", self.last), ("目标", self.goal), ("还差", self.left))
            if value
        ]
        return "；".join(told)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One unit: where its report stands, and what its cells show."""

    unit: str
    name: str
    version: int
    state: str
    is_settled: bool  # grey and locked: waiting for review, or accepted
    due: frozenset[str]  # codes; other columns of the sheet are not this unit's
    cells: Mapping[str, Mapping[str, Value]]  # by code, by field
    beside: Mapping[str, Beside]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """The units of one kind."""

    key: str
    title: str
    items: tuple[RequiredFigure, ...]
    rows: tuple[TemplateRow, ...]

    @property
    def open_figures(self) -> int:
        """How many figures wait to be typed."""
        return sum(len(row.due) for row in self.rows if not row.is_settled)


@dataclass(frozen=True, slots=True)
class Template:
    """Everything the writer needs."""

    plan: str
    round: str
    round_title: str
    year: int
    due_date: date
    locks_on: date
    unit: str
    unit_name: str
    below: bool
    made_at: datetime
    sheets: tuple[TemplateSheet, ...]

    @property
    def rows(self) -> tuple[TemplateRow, ...]:
        """All units."""
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    @property
    def file_name(self) -> str:
        """What the office calls the file."""
        return f"{self.unit_name}-{self.year}年-{self.round_title}.xlsx"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit's report in the round stands: what a row is held against."""

    unit: int
    code: str
    name: str
    kind: str
    items: tuple[RequiredFigure, ...]
    status: Status | None = None  # nothing: no report yet
    version: int = 0
    latest_no: int = 0
    values: Mapping[int, FigureValue] | None = None  # of the latest submission, by indicator
    note: str = ""
    reason: str = ""  # of a return
    drafted: int = 0  # figures in an unsent draft
    may_write: bool = True
    is_backfill: bool = False  # 补录: open however late it is
    put_off_to: date | None = None  # 延期: something of it stays open until then

    @property
    def state(self) -> str:
        """The word the office reads."""
        if self.status in STATE_WORDS:
            word = STATE_WORDS[self.status]
            return f"{word}：{self.reason}" if self.reason else word
        return f"草稿（{self.drafted}/{len(self.items)}）" if self.drafted else NOT_BEGUN

    @property
    def is_sent(self) -> bool:
        """Whether a submission stands that a row can be compared with."""
        return self.status in SENT and self.values is not None


def order_items(standings: Sequence[Standing]) -> tuple[RequiredFigure, ...]:
    """This function will give every figure asked of these units, each once, in the form's order."""
    # Each unit's list is in the order of the plan, so merging keeps that order.
    found: dict[str, RequiredFigure] = {}
    for standing in sorted(standings, key=lambda each: -len(each.items)):
        for item in standing.items:
            found.setdefault(item.code, item)
    return tuple(found.values())
