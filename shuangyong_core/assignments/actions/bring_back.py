"""恢复: what was paused goes on; what fell due meanwhile gets as long as it had when it paused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_holds, move_reports
from shuangyong_core.assignments.models import DUE_ITEM_WAS, DueItem, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.before import leave
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.marks.actions import marking
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import subtree_of

_item = table_of(DueItem).c


def new_due(due: date, *, paused: date, resumed: date) -> date:
    """This function will give the date of an item that goes on: the days it had left are given
    back if it fell due while it was paused."""
    return resumed + (due - paused) if paused <= due < resumed else due


def paused_at(session: Session, *, unit: int, target: int) -> datetime | None:
    """This function will give the instant at which a unit's assignment was paused last."""
    found = (
        select(Step.at)
        .where(Step.subject_kind.in_([HOLD, REPORT]), Step.subject_id == target)
        .where(Step.unit == unit, Step.to_status == str(HoldStatus.SUSPENDED))
        .order_by(Step.id.desc())
        .limit(1)
    )
    return session.scalar(found)


def paused_items(plan: Plan, *, unit: int, target: int, since: datetime) -> ColumnElement[bool]:
    """This function will tell of a due item that it ended with one pause of a unit."""
    units = subtree_of(plan.id, unit)
    return and_(_item.target == target, _item.unit.in_(units), _item.valid_to == since)


def bring_back(
    session: Session, plan: Plan, *, unit: int, target: int, since: datetime, latest: date,
    actor: Actor, at: datetime, note: str,
) -> int:  # fmt: skip
    """This function will let what was paused at an instant go on and give how many items do."""
    back = paused_items(plan, unit=unit, target=target, since=since)
    session.execute(marking(select(_item.unit, _item.target, _item.round).where(back)))
    leave(session, table_of(DueItem), DUE_ITEM_WAS, back, at=at)
    paused, resumed = shanghai_date(since), shanghai_date(at)
    fallen = and_(back, _item.due >= paused, _item.due < resumed)
    for due in session.connection().scalars(select(_item.due).where(fallen).distinct()).all():
        later = min(new_due(due, paused=paused, resumed=resumed), latest)
        moved = update(table_of(DueItem)).where(back, _item.due == due)
        session.connection().execute(moved.values(due=later, due_version=_item.due_version + 1))
    opened = update(table_of(DueItem)).where(back).values(valid_to=None)
    count = session.connection().execute(opened).rowcount
    _move(session, plan, unit=unit, target=target, since=since, actor=actor, at=at, note=note)
    return count


def _move(
    session: Session, plan: Plan, *, unit: int, target: int, since: datetime, actor: Actor,
    at: datetime, note: str,
) -> None:  # fmt: skip
    """Only what was paused with it: a unit below that had paused before goes on pausing."""
    who = {"actor": actor, "at": at, "note": note}
    move_holds(
        session, targets=[target], units=_paused(plan, HOLD, unit, target, since),
        now=HoldStatus.SUSPENDED, to=HoldStatus.ACKNOWLEDGED, **who,  # type: ignore[arg-type]
    )  # fmt: skip
    move_reports(
        session, targets=[target], units=_paused(plan, REPORT, unit, target, since),
        now=ReportStatus.SUSPENDED, to=ReportStatus.ACKNOWLEDGED, **who,  # type: ignore[arg-type]
    )  # fmt: skip
    mark_confirmation(session, plan, units=subtree_of(plan.id, unit))


def _paused(plan: Plan, kind: str, unit: int, target: int, since: datetime) -> Select[Any]:
    return select(Step.unit).where(
        Step.subject_kind == kind,
        Step.subject_id == target,
        Step.to_status == str(HoldStatus.SUSPENDED),
        Step.at == since,
        Step.unit.in_(subtree_of(plan.id, unit)),
    )
