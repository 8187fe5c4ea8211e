"""同意 or 不同意: a request is decided once, and what was shown before is what then changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.ask_request import latest_day
from shuangyong_core.assignments.actions.bring_back import bring_back
from shuangyong_core.assignments.actions.close_request import RequestOver, close_request, over
from shuangyong_core.assignments.actions.extend_items import extend_items
from shuangyong_core.assignments.actions.set_aside import set_aside
from shuangyong_core.assignments.models import HoldStatus
from shuangyong_core.assignments.queries.asked_for import find_asked_for
from shuangyong_core.assignments.queries.coming_back import find_pause
from shuangyong_core.assignments.queries.requests import RequestRow, get_request
from shuangyong_core.assignments.rules.requests import (
    KIND_WORDS,
    Decider,
    Decision,
    Kind,
    RequestStatus,
    Wish,
    check_until,
    check_words,
    why_not_decide,
)
from shuangyong_core.clock import shanghai_date
from shuangyong_core.completion.queries.effect import Effect, effect_of
from shuangyong_core.completion.queries.reported import is_reported
from shuangyong_core.errors import Conflict, Problem, Problems, Refused
from shuangyong_core.guard.folding import trim
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.tree import line_above


class EffectMoved(Conflict):
    """What the decider saw is no longer what would change."""

    message = "您看过之后情况有变（{what}），请重新看过影响再定。"
    code = "effect_moved"


class CannotGrant(Problems):
    """What is asked for cannot be given any more; it can still be refused."""

    message = "现在不能同意：有 {count} 处不合，可以写明理由不同意。"
    code = "cannot_grant"


def decide_request(
    session: Session,
    number: int,
    *,
    grant: bool,
    answer: str = "",
    seal: str | None = None,
    actor: Actor,
    at: datetime,
) -> RequestRow:
    """This function will decide a request and do what it grants; the same decision by the same
    actor gives the first answer. Raises RequestNotFound, MayNotDecide, OwnRequest, RequestOver,
    EffectMoved when `seal` is not of the effect as it is now, CannotGrant, Problems."""
    asked = get_request(session, number, actor=actor)
    plan = session.get_one(Plan, asked.plan)
    refused = why_not(session, plan, asked, actor=actor)
    if refused is not None:
        raise refused
    decision = Decision.GRANTED if grant else Decision.REFUSED
    if asked.status is not RequestStatus.OPEN:
        return _first_answer(asked, decision=decision, actor=actor)
    _check_answer(answer, decision)
    if not grant:
        return close_request(
            session, asked, to=RequestStatus.DECIDED, decision=decision, answer=trim(answer),
            actor=actor, at=at,
        )  # fmt: skip
    return _grant(session, plan, asked, answer=trim(answer), seal=seal, actor=actor, at=at)


def why_not(session: Session, plan: Plan, asked: RequestRow, *, actor: Actor) -> Refused | None:
    """This function will say why an actor may not decide over a request; nothing if it may."""
    line = [node.unit for node in reversed(line_above(session, plan.id, asked.unit))]
    return why_not_decide(
        actor, line=line, issuer=plan.issuer, decider=Decider(plan.requests_by),
        asked_by=asked.asked_by, on_behalf=asked.on_behalf,
    )  # fmt: skip


def why_not_grant(
    session: Session, plan: Plan, asked: RequestRow, *, at: datetime
) -> tuple[Problem, ...]:
    """This function will find what has happened since that forbids to give what is asked for."""
    wish = Wish(asked.kind, asked.target_code, asked.round_code, asked.until, asked.reason)
    about = find_asked_for(session, plan, unit=asked.unit, wish=wish)
    if about.problems or asked.until is None:
        return about.problems
    latest = latest_day(session, plan)
    return tuple(check_until(asked.until, about.items, today=shanghai_date(at), latest=latest))


def _grant(
    session: Session, plan: Plan, asked: RequestRow, *, answer: str, seal: str | None,
    actor: Actor, at: datetime,
) -> RequestRow:  # fmt: skip
    problems = why_not_grant(session, plan, asked, at=at)
    if problems:
        raise CannotGrant(problems)
    effect = effect_of(session, plan, asked, at=at)
    if seal is not None and seal != effect.seal:
        raise EffectMoved(what=KIND_WORDS[asked.kind] + "涉及的事项、时限或数有变化")
    # First the request: of two who grant at once, only one gets as far as the items.
    decided = close_request(
        session, asked, to=RequestStatus.DECIDED, decision=Decision.GRANTED, answer=answer,
        actor=actor, at=at, detail=_told(effect),
    )  # fmt: skip
    _apply(session, plan, asked, actor=actor, at=at)
    session.expire_all()
    return decided


def _apply(session: Session, plan: Plan, asked: RequestRow, *, actor: Actor, at: datetime) -> None:
    target, note = asked.target or 0, f"{KIND_WORDS[asked.kind]}申请 {asked.id}"
    if asked.kind is Kind.EXTENSION and asked.round is not None and asked.until is not None:
        extend_items(
            session,
            unit=asked.unit,
            target=asked.target,
            round=asked.round,
            until=asked.until,
            at=at,
        )
    elif asked.kind is Kind.RESUMPTION:
        latest = latest_day(session, plan)
        pause = find_pause(session, plan, asked.unit, target, latest=latest)
        if pause is not None:
            bring_back(session, plan, pause, actor=actor, at=at, note=note)
    else:
        to = HoldStatus.EXEMPT if asked.kind is Kind.EXEMPTION else HoldStatus.SUSPENDED
        set_aside(
            session, plan, unit=asked.unit, target=target, to=to, is_kept=is_reported(),
            actor=actor, at=at, note=note,
        )  # fmt: skip


def _told(effect: Effect) -> dict[str, object]:
    quota = effect.quota
    return {
        "items": len(effect.changing),
        "units": effect.units,
        "late_before": effect.late_before,
        "late_after": effect.late_after,
        "unfulfilled": quota.after if quota else None,
    }


def _first_answer(asked: RequestRow, *, decision: Decision, actor: Actor) -> RequestRow:
    if asked.decision is decision and asked.decided_by == actor.key:
        return asked
    raise over(asked)


def _check_answer(answer: str, decision: Decision) -> None:
    if trim(answer) or decision is Decision.REFUSED:
        problems = check_words(
            answer, field="reason", what="不同意" if not trim(answer) else "答复"
        )
        if problems:
            raise Problems(problems)


__all__ = [
    "CannotGrant",
    "EffectMoved",
    "RequestOver",
    "decide_request",
    "why_not",
    "why_not_grant",
]
