"""Undoes a 办结确认 where a figure goes back: at the unit, and at all above that were closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_holds, move_reports
from shuangyong_core.assignments.models import HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.closed import (
    Closed,
    closed_by,
    is_superior,
    list_closed,
)
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict
from shuangyong_core.plans.models import Plan


class ClosedAbove(Conflict):
    """Somebody higher up has closed it: only from there can it be opened again."""

    message = (
        "{codes}已由{who}于{when}办结确认（{unit}连同下级），不能退回复核。"
        "确需复核的，请办结的上级退回复核，办结同时撤销。"
    )
    code = "closed_above"


def undo_closing(
    session: Session, plan: Plan, *, unit: int, round: int, actor: Actor, at: datetime, note: str
) -> Sequence[str]:
    """This function will open again what is closed of a unit's items in a round; gives the codes.

    What its neighbours have done stays closed. Raises ClosedAbove.
    """
    closed = list_closed(session, plan.id, unit=unit, round=round)
    if not closed:
        return ()
    for one in closed:
        if not is_superior(session, plan, unit=one.unit, actor=actor):
            _refuse(session, closed, one)
    targets, units = {one.target for one in closed}, {one.unit for one in closed} | {unit}
    move_reports(
        session, targets=targets, units=units, now=ReportStatus.CLOSED,
        to=ReportStatus.IN_PROGRESS, actor=actor, at=at, note=note,
    )  # fmt: skip
    move_holds(
        session, targets=targets, units=units, now=HoldStatus.CLOSED,
        to=HoldStatus.DECOMPOSED, actor=actor, at=at, note=note,
    )  # fmt: skip
    mark_confirmation(session, plan, units=units)
    session.expire_all()
    codes = list(dict.fromkeys(one.code for one in closed))
    for code in codes:
        subject = f"{plan.code}/{code}/{unit}"
        record(session, act="assignment.undo_closing", subject=subject, actor=actor.key, at=at)
    return codes


def _refuse(session: Session, closed: Sequence[Closed], one: Closed) -> None:
    codes = "、".join(dict.fromkeys(each.code for each in closed if each.unit == one.unit))
    move = closed_by(session, [one])[one]
    raise ClosedAbove(codes=codes, who=move.who, when=move.when, unit=one.unit_name)
