"""The one way a request leaves `open`: decided or withdrawn; of two at once, one wins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.ask_request import SUBJECT, subject_of
from shuangyong_core.assignments.models import Request
from shuangyong_core.assignments.queries.requests import RequestRow, get_request
from shuangyong_core.assignments.rules.requests import (
    DECISION_WORDS,
    NEXT_REQUEST_STATUS,
    Decision,
    RequestStatus,
)
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import SHANGHAI
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.marks.actions import take_step


class RequestOver(Conflict):
    """Somebody was first: decided, or taken back."""

    message = "{who}已于{when}{what}，您这次没有办成。请刷新后再看。"
    code = "request_over"


class NotYourRequest(Refused):
    """Only whoever put a request takes it back."""

    message = "这项申请是{who}提的，要由本人撤回。"
    code = "not_your_request"


def withdraw_request(session: Session, number: int, *, actor: Actor, at: datetime) -> RequestRow:
    """This function will take a request back; RequestNotFound, NotYourRequest, RequestOver."""
    asked = get_request(session, number, actor=actor)
    is_mine = asked.asked_by == actor.key
    if not (is_mine or actor.is_unlimited):
        raise NotYourRequest(who=asked.asked_name)
    if asked.status is RequestStatus.WITHDRAWN and asked.decided_by == actor.key:
        return asked
    return close_request(session, asked, to=RequestStatus.WITHDRAWN, actor=actor, at=at)


def close_request(
    session: Session,
    asked: RequestRow,
    *,
    to: RequestStatus,
    decision: Decision | None = None,
    answer: str = "",
    actor: Actor,
    at: datetime,
    detail: dict[str, object] | None = None,
) -> RequestRow:
    """This function will move an open request and give it as it stands then; or RequestOver."""
    open_, status = RequestStatus.OPEN, str(to)
    if to not in NEXT_REQUEST_STATUS[open_]:
        raise ValueError(to)
    moved = (
        update(Request)
        .where(Request.id == asked.id, Request.status == str(open_))
        .values(status=status, decision=decision, answer=answer, decided_at=at,
                decided_by=actor.key, open_key=None)
        .returning(Request.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if session.execute(moved).one_or_none() is None:
        raise over(get_request(session, asked.id, actor=actor))
    take_step(
        session, subject_kind=SUBJECT, subject_id=asked.id, unit=asked.unit, from_status=open_,
        to_status=decision or to, at=at, actor=actor.key, note=answer,
    )  # fmt: skip
    act = "request.withdraw" if decision is None else f"request.{decision}"
    record(session, act=act, subject=subject_of(asked), actor=actor.key, at=at, detail=detail)
    return get_request(session, asked.id, actor=actor)


def over(asked: RequestRow) -> RequestOver:
    """This function will make the refusal that says what became of a request."""
    what = "撤回了这项申请"
    if asked.decision is not None:
        what = f"{DECISION_WORDS[asked.decision]}了这项申请"
    at = asked.decided_at or asked.asked_at
    when = at.astimezone(SHANGHAI).strftime("%m月%d日 %H:%M")
    return RequestOver(who=asked.decided_name, when=when, what=what)
