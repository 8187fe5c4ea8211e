"""Reopens an accepted report (退回复核): out of the sum at once, until the unit sends it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.undo_closing import undo_closing
from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.actions.accept import end_acceptance
from shuangyong_core.reports.actions.decide import Decision, check_decidable, hold_for_review
from shuangyong_core.reports.actions.move import Held, move
from shuangyong_core.reports.queries.happened import latest_step
from shuangyong_core.reports.rules.review import check_reason
from shuangyong_core.reports.rules.status import Act, Status


def reopen(
    session: Session, report: int, *, no: int, reason: str, actor: Actor, at: datetime
) -> Decision:
    """This function will reopen the accepted submission seen; ReasonMissing, ContentChanged …

    What was closed over it (已办结) is open again, if the actor may close it; else ClosedAbove.
    """
    held, place = hold_for_review(session, report, actor=actor)
    said = check_reason(reason, act="退回复核")
    first = _first_answer(session, held, no=no, reason=said, actor=actor)
    if first is not None:
        return first
    check_decidable(session, held, act=Act.REOPEN, no=no, actor=actor)
    plan = session.get_one(Plan, place.plan)
    undo_closing(
        session, plan, unit=place.unit, round=place.round, actor=actor, at=at, note=said
    )  # fmt: skip
    status = move(session, held, place, act=Act.REOPEN, actor=actor, at=at, note=said)
    end_acceptance(session, report, at=at)
    return Decision(report, no, status, at)


def _first_answer(
    session: Session, held: Held, *, no: int, reason: str, actor: Actor
) -> Decision | None:
    if (held.status, held.latest_no) != (Status.REOPENED, no):
        return None
    step = latest_step(session, held.id)
    if step is None or (step.actor, step.note) != (actor.key, reason):
        return None
    return Decision(held.id, no, Status.REOPENED, step.at)
