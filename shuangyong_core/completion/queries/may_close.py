"""Whether an actor may close what a unit has, and why not: the last act of an assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import HoldStatus
from shuangyong_core.assignments.queries.closed import is_superior
from shuangyong_core.assignments.queries.table import AssignmentRow
from shuangyong_core.assignments.rules.statuses import status_now
from shuangyong_core.completion.queries.still_open import open_targets
from shuangyong_core.plans.models import Plan

CLOSE = "close"  # 办结确认
OVER: Mapping[str, str] = {
    HoldStatus.CLOSED: "已经办结确认。",
    HoldStatus.WITHDRAWN: "已经收回，不用办结。",
    HoldStatus.EXEMPT: "已经豁免，不用办结。",
    HoldStatus.SUSPENDED: "正在暂停，恢复后再办结。",
}


def why_not_close(
    session: Session, plan: Plan, *, unit: int, status: str | None, actor: Actor
) -> str:
    """This function will say why an actor may not close an assignment, whatever is open in it."""
    if status in OVER:
        return OVER[str(status)]
    return "" if is_superior(session, plan, unit=unit, actor=actor) else "由上级单位办结确认。"


def with_close(
    session: Session, plan: Plan, rows: Sequence[AssignmentRow], *, unit: int, actor: Actor
) -> list[AssignmentRow]:
    """This function will add to a unit's table whether each assignment may be closed now."""
    above = is_superior(session, plan, unit=unit, actor=actor)
    open_ = open_targets(session, plan, unit=unit) if above else set[int]()
    return [_with(row, is_superior=above, is_open=row.target in open_) for row in rows]


def _with(row: AssignmentRow, *, is_superior: bool, is_open: bool) -> AssignmentRow:
    status = status_now(row.hold_status, row.report_status)
    why = OVER.get(str(status), "")
    if row.automatic is not None:
        why = "这项任务由系统计数，不用办理。"
    elif not why and not is_superior:
        why = "由上级单位办结确认。"
    elif not why and is_open:
        why = "还有没有办完的，办完才能办结。"
    if why:
        return replace(row, may_not={**row.may_not, CLOSE: why})
    return replace(row, may=(*row.may, CLOSE))
