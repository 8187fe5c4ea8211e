"""When the dates of rounds were recomputed, what is due in them follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.follow_dates import move_items
from shuangyong_core.assignments.models import DUE_ITEM_WAS, ChildDate, DueItem
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Plan, PlanStatus, Round, TargetReporter, TargetVersion
from shuangyong_core.units.models import Unit

RUNNING = (PlanStatus.LAUNCHING.value, PlanStatus.ACTIVE.value, PlanStatus.CLOSING.value)


def redate_items(session: Session, *, plan: int | None = None, at: datetime) -> int:
    """This function will bring due items to the dates of their rounds and give how many changed,
    of one plan or of all that are running.

    An item that was granted a later date keeps it, unless the round is now due later still.
    """
    due, done_by = _due_date(), _done_by()
    changed = and_(
        DueItem.round.in_(_open_rounds(plan)),
        DueItem.valid_to.is_(None),
        or_(DueItem.first_due != due, DueItem.done_by != done_by),
    )
    # On time is counted against the due date, so the fold has to look again.
    marks: Any = select(DueItem.unit, DueItem.target, DueItem.round).where(changed)
    session.execute(insert(Mark).from_select(["unit", "target", "round"], marks))
    kept = case((and_(DueItem.due > DueItem.first_due, DueItem.due > due), DueItem.due), else_=due)
    leave(session, table_of(DueItem), DUE_ITEM_WAS, changed, at=at)
    moved = (
        update(DueItem)
        .where(changed)
        .values(done_by=done_by, first_due=due, due=kept, due_version=DueItem.due_version + 1)
    )
    count = session.connection().execute(moved).rowcount
    # Dates that a holder gave below stand as long as they are earlier than the round's new one.
    move_items(
        session,
        DueItem.round.in_(select(ChildDate.round)),
        DueItem.round.in_(_open_rounds(plan)),
        at=at,
    )
    return count


def _open_rounds(plan: int | None) -> Any:
    running = select(Plan.id).where(Plan.status.in_(RUNNING))
    if plan is not None:
        running = running.where(Plan.id == plan)
    return select(Round.id).where(Round.plan.in_(running), Round.closed_edition.is_(None))


def _due_date() -> Any:
    return select(Round.due_date).where(Round.id == DueItem.round).scalar_subquery()


def _done_by() -> Any:
    """As at the launch: a group that names the unit by its code goes before its kind."""
    reporter, version = TargetReporter, TargetVersion
    return (
        select(func.coalesce(reporter.done_by, Round.done_by, Round.due_date))
        .select_from(reporter)
        .join(version, version.target == reporter.target)
        .join(Round, Round.id == reporter.round)
        .join(Unit, or_(Unit.code == reporter.who, Unit.kind == reporter.who))
        .where(version.from_version == reporter.from_version, version.to_version.is_(None))
        .where(reporter.target == DueItem.target, reporter.round == DueItem.round)
        .where(Unit.id == DueItem.unit)
        .order_by(case((Unit.code == reporter.who, 0), else_=1))
        .limit(1)
        .correlate(DueItem)
        .scalar_subquery()
    )
