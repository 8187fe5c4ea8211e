"""办结确认: the superior ends a target at a unit and below it, when nothing of it is open."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_holds, move_reports
from shuangyong_core.assignments.models import HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.queries.moves import HOLD, REPORT, latest_move
from shuangyong_core.assignments.rules.statuses import status_now
from shuangyong_core.audit.actions import record
from shuangyong_core.completion.queries.may_close import why_not_close
from shuangyong_core.completion.queries.still_open import list_open
from shuangyong_core.errors import Conflict, Problem, Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import list_targets
from shuangyong_core.plans.queries.authority import require_reach, subtree_of

H, R = HoldStatus, ReportStatus
HOLD_WAY = (H.ISSUED, H.ACKNOWLEDGED, H.DECOMPOSED, H.DONE, H.CLOSED)
REPORT_WAY = (R.ISSUED, R.ACKNOWLEDGED, R.IN_PROGRESS, R.DONE, R.CLOSED)
MOST_PROBLEMS = 50


class StillOpen(Refused):
    """Something is not done yet: what, and who holds it."""

    message = "还不能办结：有 {count} 件没有办完。"
    code = "still_open"


class MayNotClose(Refused):
    """It is another's to close, or there is nothing to close."""

    message = "{why}"
    code = "may_not_close"


class AlreadyClosed(Conflict):
    """Another has closed it."""

    message = "已由{who}于{when}办结确认，不用再办。"
    code = "already_closed"


def close_assignment(
    session: Session, plan: Plan, *, unit: int, target: int, actor: Actor, at: datetime
) -> None:
    """This function will close a target at a unit and below; the same actor may say it twice.

    Raises NothingAssigned, MayNotClose, AlreadyClosed, StillOpen with the smallest set.
    """
    require_reach(session, plan, unit, actor)
    (held,) = list_held(session, plan, unit=unit, target=target)
    if H.CLOSED in (held.hold_status, held.report_status):
        _tell_who(session, unit=unit, target=target, actor=actor)
        return
    status = status_now(held.hold_status, held.report_status)
    why = why_not_close(session, plan, unit=unit, status=status, actor=actor)
    if why:
        raise MayNotClose(why=why)
    _require_done(session, plan, unit=unit, target=target)
    _move(session, plan, unit=unit, target=target, actor=actor, at=at)
    code = next(row.code for row in list_targets(session, plan.id) if row.id == target)
    subject = f"{plan.code}/{code}/{unit}"
    record(session, act="assignment.close", subject=subject, actor=actor.key, at=at)


def _require_done(session: Session, plan: Plan, *, unit: int, target: int) -> None:
    things = list_open(session, plan, unit=unit, target=target)
    if things:
        problems = [
            Problem(f"open_{thing.stage}", thing.sentence, field=thing.unit_code)
            for thing in things[:MOST_PROBLEMS]
        ]
        raise StillOpen(problems=problems, count=len(things))


def _move(
    session: Session, plan: Plan, *, unit: int, target: int, actor: Actor, at: datetime
) -> None:
    """Every state on the way is passed, so that the steps tell a whole story."""
    units = subtree_of(plan.id, unit)
    for hold, then in pairwise(HOLD_WAY):
        move_holds(session, targets=[target], units=units, now=hold, to=then, actor=actor, at=at)
    for report, next_ in pairwise(REPORT_WAY):
        move_reports(
            session, targets=[target], units=units, now=report, to=next_, actor=actor, at=at
        )
    mark_confirmation(session, plan, units=units)
    session.expire_all()


def _tell_who(session: Session, *, unit: int, target: int, actor: Actor) -> None:
    for kind in (HOLD, REPORT):
        move = latest_move(session, kind=kind, targets=[target], unit=unit, to_status=str(H.CLOSED))
        if move is not None and move.actor != actor.key:
            raise AlreadyClosed(who=move.who, when=move.when)
