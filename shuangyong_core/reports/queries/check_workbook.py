"""Checks a workbook that came back against what is due today: a dry run, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import NotFound, Problem, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import MayNotWrite, require_reader
from shuangyong_core.reports.queries.template import title_of, units_of
from shuangyong_core.reports.queries.unit_rounds import list_unit_rounds
from shuangyong_core.reports.rules.refusals import (
    PlanNotRunning,
    RoundLocked,
    RoundNotOpen,
    check_writable,
)
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.reports.rules.workbook.columns import columns_of, header_of
from shuangyong_core.reports.rules.workbook.judge import judge_row
from shuangyong_core.reports.rules.workbook.judging import Judging
from shuangyong_core.reports.rules.workbook.layout import NOT_DUE, Standing, order_items
from shuangyong_core.reports.rules.workbook.read import Filled, FilledRow, FilledSheet
from shuangyong_core.reports.rules.workbook.signing import OldTemplate
from shuangyong_core.reports.rules.workbook.verdict import Outcome, RowVerdict, Verdict

# Said once for the whole file, not once a row.
OF_THE_ROUND = frozenset({PlanNotRunning.code, RoundNotOpen.code, RoundLocked.code})
LOST = "表不在文件里了，其中的单位这次没有报。"
UNKNOWN_UNIT = "这一行不是这个工作簿里的单位，或者不在您的范围内，请重新下载工作簿，不要自己加行。"


def check_workbook(
    session: Session,
    filled: Filled,
    *,
    actor: Actor,
    at: datetime,
    expected: tuple[str, str, str] | None = None,
    policy: Policy = STRICT,
) -> Verdict:
    """This function will give the verdict; OldTemplate, NotFound. `expected` plan, round, unit."""
    meta = filled.meta
    try:
        place = find_place(session, meta.plan, meta.round, meta.unit)
    except NotFound as gone:
        raise OldTemplate(why="计划里已经没有这一期或这个单位。") from gone
    require_reader(session, place, actor)
    if expected is not None and expected != (meta.plan, meta.round, meta.unit):
        whose = f"这是{place.unit_name}“{place.round_title}”的工作簿。"
        raise OldTemplate(why=whose)
    checking = _Checking(session, filled, place, policy=policy, actor=actor, at=at)
    rows = checking.rows()
    _refuse_whole(rows)
    return Verdict(
        file=filled.name,
        plan=meta.plan,
        round=meta.round,
        round_title=place.round_title,
        unit=meta.unit,
        below=meta.below,
        rows=tuple(rows),
        problems=(*filled.problems, *checking.problems),
        warnings=(
            *filled.warnings,
            *(f"“{title_of(key, below=meta.below)}”{LOST}" for key in filled.lost),
            *(told for row in rows for told in row.warnings),
        ),
    )


def _refuse_whole(rows: Sequence[RowVerdict]) -> None:
    """Raises OldTemplate when the round itself lets nothing in."""
    wanted = [row for row in rows if row.outcome in (Outcome.WRITE, Outcome.WRONG)]
    said = {fault.code: fault.message for row in wanted for fault in row.faults}
    if wanted and all(row.faults for row in wanted) and said.keys() <= OF_THE_ROUND:
        raise OldTemplate(why=next(iter(said.values())))


class _Checking:
    """One workbook while it is checked."""

    def __init__(
        self,
        session: Session,
        filled: Filled,
        place: Place,
        *,
        policy: Policy,
        actor: Actor,
        at: datetime,
    ) -> None:
        self._filled, self._place, self._today = filled, place, shanghai_date(at)
        self._policy = policy
        units = units_of(place, below=filled.meta.below)
        found = list_unit_rounds(session, place, units, actor=actor)
        # Whatever a hidden code says: only what was signed, is in reach and due today is known.
        self._standings = {
            each.standing.code: each.standing
            for each in found
            if each.standing.code in filled.meta.rows
        }
        self.problems: list[Problem] = []

    def rows(self) -> list[RowVerdict]:
        """This method will judge every row of every sheet."""
        first: dict[str, FilledRow] = {}
        rows = []
        for sheet in self._filled.sheets:
            items = self._items(sheet)
            for row in sheet.rows:
                if row.unit in first:
                    self._twice(row, first[row.unit])
                    continue
                first[row.unit] = row
                verdict = self._row(sheet, row, items)
                if verdict is not None:
                    rows.append(verdict)
        return rows

    def _items(self, sheet: FilledSheet) -> dict[str, RequiredFigure]:
        here = [self._standings[row.unit] for row in sheet.rows if row.unit in self._standings]
        items = {item.code: item for item in order_items(here)}
        made_with = set(self._filled.meta.sheets.get(sheet.key, ()))
        for code, item in items.items():
            lost = [each for each in columns_of(item) if each.key not in sheet.columns]
            if any(each.key not in made_with for each in lost):
                raise OldTemplate(why=f"下载以后，要报的项目有变动（{code}）。")
            self.problems += [
                Problem(
                    "column_lost",
                    f"“{header_of(item)}”的“{each.label}”一列被删了，请重新下载工作簿再填。",
                    file=self._filled.name, field=f"{sheet.title}!", column=each.key,
                )
                for each in lost
            ]  # fmt: skip
        return items

    def _row(
        self, sheet: FilledSheet, row: FilledRow, items: Mapping[str, RequiredFigure]
    ) -> RowVerdict | None:
        standing = self._standings.get(row.unit)
        if standing is None:
            if row.unit in self._filled.meta.rows and _is_empty(row):
                return None
            self._table("unknown_unit", UNKNOWN_UNIT, row, value=mask(row.name))
            return None
        if _is_empty(row):
            return RowVerdict(
                row.sheet, row.number, standing.code, standing.name, Outcome.BLANK, standing.state
            )
        seen = self._filled.meta.rows[row.unit][1]
        codes = {**self._place.codes, "unit": standing.code}
        judging = Judging(sheet, row, standing, items, seen, codes)
        return judge_row(judging, why_not=self._why_not, policy=self._policy)

    def _why_not(self, standing: Standing) -> Refused | None:
        if not standing.may_write:
            return MayNotWrite()
        place = self._place
        try:
            check_writable(
                standing.status or Status.DRAFT,
                plan_status=place.plan_status,
                round_title=place.round_title,
                opens_on=place.opens_on,
                due_date=place.due_date,
                locks_on=max(place.locks_on, standing.put_off_to or place.locks_on),
                is_backfill=standing.is_backfill,
                today=self._today,
            )
        except Refused as refused:
            return refused
        return None

    def _twice(self, row: FilledRow, first: FilledRow) -> None:
        where = f"“{first.sheet}”表第 {first.number} 行和“{row.sheet}”表第 {row.number} 行"
        self._table("unit_twice", f"{where}是同一个单位，请只留一行。", row, value=mask(row.name))

    def _table(self, code: str, message: str, row: FilledRow, *, value: str) -> None:
        self.problems.append(
            Problem(
                code, message, file=self._filled.name, row=row.number,
                field=f"{row.sheet}!{row.name_place}", value=value,
            )
        )  # fmt: skip


def _is_empty(row: FilledRow) -> bool:
    typed = [cell for cell in row.cells.values() if cell.error or cell.text.strip() != NOT_DUE]
    return not typed and row.note.is_blank
