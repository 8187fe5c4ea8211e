"""What a unit says about a report typed for it: 确认 or 提出异议; and its reviewer's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import name_of
from shuangyong_core.audit import actions as audit
from shuangyong_core.db import insert_into
from shuangyong_core.marks import actions as marks
from shuangyong_core.reports.actions.decide import hold_for_review
from shuangyong_core.reports.actions.move import Held, hold
from shuangyong_core.reports.models import UnitReply
from shuangyong_core.reports.queries.happened import shown_instant
from shuangyong_core.reports.queries.place import Place, find_place, find_report
from shuangyong_core.reports.queries.reach import require_reader
from shuangyong_core.reports.queries.reply import REPLY_SUBJECT, is_of_unit, is_typed_for
from shuangyong_core.reports.rules.reply import (
    REPLY_WORDS,
    AlreadyReplied,
    MayNotReply,
    NothingToAnswer,
    NothingTypedFor,
    Reply,
    ReplyAct,
    next_reply,
)
from shuangyong_core.reports.rules.review import ContentChanged, check_reason
from shuangyong_core.reports.rules.status import STATUS_WORDS


@dataclass(frozen=True, slots=True)
class Replied:
    """What was said about which submission; the same for a repeat of the same act."""

    report: int
    no: int
    status: Reply
    at: datetime


def confirm(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    no: int | None = None,
    actor: Actor,
    at: datetime,
) -> Replied:
    """This function will keep that the unit agrees; NothingTypedFor, MayNotReply …"""
    held, place = _hold_as_unit(session, (plan, round_code, unit), no=no, actor=actor)
    return _say(session, held, place, act=ReplyAct.CONFIRM, text="", actor=actor, at=at)


def object_to(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    reason: str,
    no: int | None = None,
    actor: Actor,
    at: datetime,
) -> Replied:
    """This function will keep that the unit objects, and why; ReasonMissing, NothingTypedFor …"""
    held, place = _hold_as_unit(session, (plan, round_code, unit), no=no, actor=actor)
    said = check_reason(reason, act="提出异议")
    return _say(session, held, place, act=ReplyAct.OBJECT, text=said, actor=actor, at=at)


def answer_objection(
    session: Session, report: int, *, no: int, answer: str, actor: Actor, at: datetime
) -> Replied:
    """This function will keep the reviewer's answer; NothingToAnswer, MayNotReview …"""
    held, place = hold_for_review(session, report, actor=actor)
    said = check_reason(answer, act="答复")
    _check_seen(session, held, no=no)
    return _say(session, held, place, act=ReplyAct.ANSWER, text=said, actor=actor, at=at)


def _hold_as_unit(
    session: Session, codes: tuple[str, str, str], *, no: int | None, actor: Actor
) -> tuple[Held, Place]:
    place = find_place(session, *codes)
    require_reader(session, place, actor)
    if not is_of_unit(place, actor):
        raise MayNotReply(unit=place.unit_name)
    held = hold(session, find_report(session, *codes))
    _check_seen(session, held, no=held.latest_no if no is None else no)
    return held, place


def _check_seen(session: Session, held: Held, *, no: int) -> None:
    if not is_typed_for(session, held.id, held.latest_no, status=held.status):
        raise NothingTypedFor
    if no != held.latest_no:
        now = f"现在是第 {held.latest_no} 次（{STATUS_WORDS[held.status]}）"
        raise ContentChanged(seen=no, now=now)


def _say(
    session: Session,
    held: Held,
    place: Place,
    *,
    act: ReplyAct,
    text: str,
    actor: Actor,
    at: datetime,
) -> Replied:
    known = session.get(UnitReply, (held.id, held.latest_no))
    before = Reply(known.status) if known else None
    to = next_reply(before, act)
    if known is not None and (to is None or act is ReplyAct.OBJECT):
        first = _first_answer(session, known, act=act, text=text, actor=actor)
        if first is not None:
            return first
    if to is None:
        raise NothingToAnswer(now=REPLY_WORDS[before])
    _keep(session, held, act=act, to=to, text=text, actor=actor, at=at)
    marks.take_step(
        session, subject_kind=REPLY_SUBJECT, subject_id=held.id, unit=place.unit,
        from_status=before, to_status=to, at=at, actor=actor.key, note=text,
    )  # fmt: skip
    audit.record(session, act=f"report.{act}", subject=place.subject, actor=actor.key, at=at,
                 detail={"no": held.latest_no})  # fmt: skip
    return Replied(held.id, held.latest_no, to, at)


def _keep(
    session: Session, held: Held, *, act: ReplyAct, to: Reply, text: str, actor: Actor, at: datetime
) -> None:
    blank = {"reason": "", "answer": "", "answered_at": None, "answered_by": None}
    if act is ReplyAct.ANSWER:
        said: dict[str, Any] = {"answer": text, "answered_at": at, "answered_by": actor.key}
    else:
        said = {**blank, "at": at, "actor": actor.key, "reason": text}
    key = {"report": held.id, "no": held.latest_no}
    first = {**blank, "at": at, "actor": actor.key, **said, "status": to}
    session.execute(
        insert_into(session, UnitReply)
        .values(**key, **first)
        .on_conflict_do_update(index_elements=list(key), set_={**said, "status": to})
    )
    session.expire_all()


def _first_answer(
    session: Session, known: UnitReply, *, act: ReplyAct, text: str, actor: Actor
) -> Replied | None:
    """The same word by the same actor; another's same word is refused with what happened."""
    is_same = known.status == {ReplyAct.CONFIRM: Reply.CONFIRMED, ReplyAct.OBJECT: Reply.OBJECTED,
                               ReplyAct.ANSWER: Reply.ANSWERED}[act]  # fmt: skip
    if not is_same:
        return None
    who, when, said = known.actor, known.at, known.reason
    if act is ReplyAct.ANSWER and known.answered_by and known.answered_at:
        who, when, said = known.answered_by, known.answered_at, known.answer
    if who == actor.key and said == text:
        return Replied(known.report, known.no, Reply(known.status), when)
    raise AlreadyReplied(
        who=name_of(session, who), when=shown_instant(when), what=REPLY_WORDS[Reply(known.status)]
    )
