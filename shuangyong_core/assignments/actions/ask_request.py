"""申请: a unit asks for a later date, to be let off, to pause or to go on; it is kept as asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Request
from shuangyong_core.assignments.queries.asked_for import AskedFor, find_asked_for
from shuangyong_core.assignments.queries.requests import RequestRow, get_request
from shuangyong_core.assignments.rules.requests import (
    KIND_WORDS,
    RequestStatus,
    Wish,
    check_until,
    check_wish,
)
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import SHANGHAI, shanghai_date
from shuangyong_core.db import insert_into
from shuangyong_core.errors import Conflict, Problem, Problems, Refused
from shuangyong_core.guard.folding import trim
from shuangyong_core.marks.actions import take_step
from shuangyong_core.plans.models import Plan, PlanStatus, Round
from shuangyong_core.plans.queries.authority import require_reach

SUBJECT = "request"
RUNNING = (PlanStatus.LAUNCHING, PlanStatus.ACTIVE, PlanStatus.CLOSING)
WRITERS = (Role.ISSUER, Role.MANAGER, Role.REPORTER)


class RequestWrong(Problems):
    """The request cannot be put like this."""

    message = "申请有 {count} 处要改，什么都没有写入。"
    code = "request_wrong"


class AlreadyAsked(Conflict):
    """The same is asked already, in other words or by somebody else."""

    message = "{who}已于{when}就同一件事提过申请，还没有决定；要改请先撤回那一件。"
    code = "already_asked"


class PlanNotRunning(Refused):
    """Nothing is owed in a plan that is not running."""

    message = "计划现在不在执行中，不能提申请。"
    code = "plan_not_running"


def ask_request(
    session: Session, plan: Plan, *, unit: int, wish: Wish, actor: Actor, at: datetime
) -> RequestRow:
    """This function will keep a request and give it; the same by the same actor only once.

    Raises RequestWrong with every fault, NothingAssigned, AlreadyAsked, PlanNotRunning.
    """
    require_reach(session, plan, unit, actor, *WRITERS)
    if plan.status not in RUNNING:
        raise PlanNotRunning
    problems = check_wish(wish)
    if problems:
        raise RequestWrong(problems)
    about = find_asked_for(session, plan, unit=unit, wish=wish)
    problems = [*about.problems, *_dates(session, plan, wish, about, today=shanghai_date(at))]
    if problems:
        raise RequestWrong(problems)
    number = _keep(session, plan, unit=unit, wish=wish, about=about, actor=actor, at=at)
    if number is None:
        first = session.scalar(select(Request.id).where(Request.open_key == about.key))
        if first is None:  # decided between the two looks: asked anew, of what is so by now
            return ask_request(session, plan, unit=unit, wish=wish, actor=actor, at=at)
        return _first_answer(session, first, wish=wish, actor=actor)
    take_step(
        session, subject_kind=SUBJECT, subject_id=number, unit=unit, from_status=None,
        to_status=RequestStatus.OPEN, at=at, actor=actor.key,
    )  # fmt: skip
    asked = get_request(session, number, actor=actor)
    detail = {"kind": wish.kind, "scope": wish.scope, "items": len(about.items)}
    subject = subject_of(asked)
    record(session, act="request.ask", subject=subject, actor=actor.key, at=at, detail=detail)
    return asked


def subject_of(asked: RequestRow) -> str:
    """This function will give the name of a request as the audit keeps it."""
    return f"request:{asked.plan_code}/{asked.unit_code}/{asked.id}"


def latest_day(session: Session, plan: Plan) -> date:
    """This function will give the last day of a plan: of its year, or of its last round."""
    locks = session.scalar(select(func.max(Round.locks_on)).where(Round.plan == plan.id))
    return max(date(plan.year, 12, 31), locks or date.min)


def _dates(
    session: Session, plan: Plan, wish: Wish, about: AskedFor, *, today: date
) -> list[Problem]:
    if wish.until is None or not about.items:
        return []
    return check_until(wish.until, about.items, today=today, latest=latest_day(session, plan))


def _keep(
    session: Session, plan: Plan, *, unit: int, wish: Wish, about: AskedFor, actor: Actor,
    at: datetime,
) -> int | None:  # fmt: skip
    is_own = unit in actor.units_with(*WRITERS)
    row: dict[str, Any] = {
        "plan": plan.id, "unit": unit, "target": about.target, "round": about.round,
        "kind": wish.kind, "scope": wish.scope, "until": wish.until, "reason": trim(wish.reason),
        "on_behalf": not is_own, "asked_at": at, "asked_by": actor.key,
        "status": RequestStatus.OPEN, "answer": "", "open_key": about.key,
    }  # fmt: skip
    kept = insert_into(session, Request).values(row).on_conflict_do_nothing()
    number: int | None = session.execute(kept.returning(Request.__table__.c.id)).scalar()
    return number


def _first_answer(session: Session, number: int, *, wish: Wish, actor: Actor) -> RequestRow:
    first = get_request(session, number, actor=actor)
    said = (wish.kind, wish.until, trim(wish.reason))
    is_same = (first.kind, first.until, first.reason) == said
    if is_same and first.asked_by == actor.key:
        return first
    when = first.asked_at.astimezone(SHANGHAI).strftime("%m月%d日 %H:%M")
    raise AlreadyAsked(who=first.asked_name, when=when, what=KIND_WORDS[first.kind])
