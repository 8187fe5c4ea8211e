"""What a unit has said about a report typed for it, and what it or its reviewer may say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import names_of
from shuangyong_core.marks.models import Step
from shuangyong_core.reports.models import Submission, UnitReply
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.rules.reply import (
    STANDING,
    UNIT_ACTS,
    Reply,
    ReplyAct,
    next_reply,
    stands_for_reply,
)
from shuangyong_core.reports.rules.status import Status

REPLY_SUBJECT = "unit_reply"
SAID_WORDS = {
    Reply.CONFIRMED: "确认代填",
    Reply.OBJECTED: "提出异议",
    Reply.ANSWERED: "答复异议",
}


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """A unit's word on one submission, with names to show."""

    status: Reply
    at: datetime
    name: str
    reason: str
    answer: str
    answered_at: datetime | None
    answered_name: str


def find_reply(session: Session, report: int, no: int) -> ReplySeen | None:
    """This function will give what the unit said about a submission, if it said anything."""
    found = session.scalar(select(UnitReply).where(UnitReply.report == report, UnitReply.no == no))
    if found is None:
        return None
    names = names_of(session, [key for key in (found.actor, found.answered_by) if key])
    return ReplySeen(
        status=Reply(found.status),
        at=found.at,
        name=names[found.actor],
        reason=found.reason,
        answer=found.answer,
        answered_at=found.answered_at,
        answered_name=names[found.answered_by] if found.answered_by else "",
    )


def has_open_objection(status: Status, reply: ReplySeen | None) -> bool:
    """This function will say whether a unit's objection waits for its reviewer."""
    return reply is not None and reply.status is Reply.OBJECTED and status in STANDING


def what_was_said(step: Step) -> str:
    """This function will name the act that a step of the unit's word was."""
    return SAID_WORDS[Reply(step.to_status)]


def is_of_unit(place: Place, actor: Actor) -> bool:
    """This function will say whether an actor speaks for the unit itself, not from above it."""
    return actor.is_unlimited or place.unit in actor.units_with(*WRITERS)


def is_typed_for(session: Session, report: int, no: int, *, status: Status) -> bool:
    """This function will say whether a submission was typed for the unit and still stands."""
    found = select(Submission.on_behalf).where(Submission.report == report, Submission.no == no)
    return stands_for_reply(status, on_behalf=bool(session.scalar(found)))


def unit_may_say(
    place: Place, *, status: Status, on_behalf: bool, reply: Reply | None, actor: Actor
) -> tuple[ReplyAct, ...]:
    """This function will list what the unit may say about what was typed for it."""
    if not stands_for_reply(status, on_behalf=on_behalf) or not is_of_unit(place, actor):
        return ()
    return tuple(act for act in UNIT_ACTS if next_reply(reply, act))
