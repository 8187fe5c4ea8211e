"""When the dates of rounds were recomputed, what is due in them follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.follow_dates import move_items
from shuangyong_core.assignments.models import DUE_ITEM_WAS, ChildDate, DueItem
from shuangyong_core.assignments.queries.item_dates import dates_today
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Plan, PlanStatus, Round

RUNNING = (PlanStatus.LAUNCHING.value, PlanStatus.ACTIVE.value, PlanStatus.CLOSING.value)


def redate_items(session: Session, *, plan: int | None = None, at: datetime) -> int:
    """This function will bring due items to the dates of their rounds and give how many changed,
    of one plan or of all that are running.

    An item that was granted a later date keeps it, unless the round is now due later still.
    """
    dates = dates_today()
    here = and_(DueItem.round.in_(_open_rounds(plan)), DueItem.valid_to.is_(None))
    changed = and_(
        here, or_(DueItem.first_due != dates.first_due, DueItem.done_by != dates.done_by)
    )
    # On time is counted against the due date, so the fold has to look again.
    marks: Any = select(DueItem.unit, DueItem.target, DueItem.round).where(changed)
    session.execute(insert(Mark).from_select(["unit", "target", "round"], marks))
    leave(session, table_of(DueItem), DUE_ITEM_WAS, changed, at=at)
    count = put_dates(session, changed)
    # Dates that a holder gave below stand as long as they are earlier than the round's new one.
    move_items(
        session,
        DueItem.round.in_(select(ChildDate.round)),
        DueItem.round.in_(_open_rounds(plan)),
        at=at,
    )
    return count


def put_dates(session: Session, which: ColumnElement[bool]) -> int:
    """This function will give due items the dates of today, a new version where one is another."""
    dates = dates_today()
    values = {"done_by": dates.done_by, "first_due": dates.first_due, "due": dates.due}
    differs = or_(*(getattr(DueItem, name) != value for name, value in values.items()))
    dated = update(DueItem).where(which, differs)
    dated = dated.values(**values, due_version=DueItem.due_version + 1)
    return session.connection().execute(dated).rowcount


def _open_rounds(plan: int | None) -> Any:
    running = select(Plan.id).where(Plan.status.in_(RUNNING))
    if plan is not None:
        running = running.where(Plan.id == plan)
    return select(Round.id).where(Round.plan.in_(running), Round.closed_edition.is_(None))
