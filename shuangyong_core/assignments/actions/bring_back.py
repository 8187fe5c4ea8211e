"""恢复: what was paused goes on; what fell due meanwhile gets as long as it had when it paused.

Only what the plan still asks for comes back, and what it asks for since comes with it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, insert, literal, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_holds, move_reports
from shuangyong_core.assignments.actions.redate_items import put_dates
from shuangyong_core.assignments.models import DUE_ITEM_WAS, DueItem, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.coming_back import (
    Pause,
    added_items,
    lapsed_items,
    paused_items,
    paused_units,
)
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.before import leave
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import UtcDateTime, table_of
from shuangyong_core.marks.actions import marking
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import subtree_of

ITEM = table_of(DueItem)
_item = ITEM.c


def bring_back(
    session: Session, plan: Plan, pause: Pause, *, actor: Actor, at: datetime, note: str
) -> int:
    """This function will let what was paused go on and give how many items do."""
    back, connection = paused_items(pause), session.connection()
    leave(session, ITEM, DUE_ITEM_WAS, back, at=at)
    _take_in(session, pause, at=at)
    session.execute(marking(select(_item.unit, _item.target, _item.round).where(back)))
    put_dates(session, back)
    paused, resumed = shanghai_date(pause.since), shanghai_date(at)
    fallen = and_(back, _item.due >= paused, _item.due < resumed)
    for due in connection.scalars(select(_item.due).where(fallen).distinct()).all():
        moved = update(ITEM).where(back, _item.due == due)
        later = pause.new_due(due, resumed=resumed)
        connection.execute(moved.values(due=later, due_version=_item.due_version + 1))
    count = connection.execute(update(ITEM).where(back).values(valid_to=None)).rowcount
    _move(session, plan, pause, actor=actor, at=at, note=note)
    return count


def _take_in(session: Session, pause: Pause, *, at: datetime) -> None:
    """What amendments ask for since comes back as if it had paused too."""
    if not pause.asked_by:
        return
    lapsed, connection = lapsed_items(pause), session.connection()
    leave(session, ITEM, DUE_ITEM_WAS, lapsed, at=at)
    connection.execute(update(ITEM).where(lapsed).values(valid_to=pause.since))
    instants = (literal(at, UtcDateTime()), literal(pause.since, UtcDateTime()))
    added = added_items(pause).add_columns(literal(1), *instants)
    names = ["target", "unit", "round", "done_by", "first_due", "due", "is_backfill"]
    names += ["due_version", "valid_from", "valid_to"]
    connection.execute(insert(ITEM).from_select(names, added))


def _move(
    session: Session, plan: Plan, pause: Pause, *, actor: Actor, at: datetime, note: str
) -> None:
    """Only what was paused with it: a unit below that had paused before goes on pausing."""
    move_holds(
        session, targets=[pause.target], units=paused_units(pause, HOLD),  # type: ignore[arg-type]
        now=HoldStatus.SUSPENDED, to=HoldStatus.ACKNOWLEDGED, actor=actor, at=at, note=note,
    )  # fmt: skip
    move_reports(
        session, targets=[pause.target], units=paused_units(pause, REPORT),  # type: ignore[arg-type]
        now=ReportStatus.SUSPENDED, to=ReportStatus.ACKNOWLEDGED, actor=actor, at=at, note=note,
    )  # fmt: skip
    mark_confirmation(session, plan, units=subtree_of(plan.id, pause.unit))
