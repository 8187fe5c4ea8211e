"""销号 and 退回: only who handed it out decides, and nobody over what they reported themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.supervision.actions.counting import count_handouts
from shuangyong_core.supervision.actions.moving import close_if_all_are, move_part, was_done
from shuangyong_core.supervision.actions.notify import Word, notify
from shuangyong_core.supervision.models import HandoutAnswer
from shuangyong_core.supervision.queries.place import (
    STRIKERS,
    Part,
    hold_part,
    require_giver,
)
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.due import answer_by_after_return
from shuangyong_core.supervision.rules.handouts import UnitAct, UnitStatus
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.supervision.rules.texts import check_text


class OwnAnswer(Refused):
    """Nobody strikes off what they reported as done themselves."""

    message = "这份办结报告是您自己写的，要由{giver}的另一个人核对。"
    code = "own_answer"


def close_handout(
    session: Session, name: str, unit: str, *, actor: Actor, at: datetime
) -> UnitStatus:
    """This function will strike a unit's part off (销号); OnlyGiver, OwnAnswer, CannotDo."""
    part = _hold(session, name, unit, word="销号", actor=actor)
    if was_done(session, part, UnitAct.CLOSE, actor=actor):
        return part.status
    status = move_part(session, part, act=UnitAct.CLOSE, actor=actor, at=at)
    _tell(session, part, Rung.STRUCK_OFF, f"{part.giver_name}已销号", at=at)
    count_handouts(session, plans=[part.plan], at=at)
    close_if_all_are(session, part.handout, actor=actor, at=at)
    return status


def return_answer(
    session: Session, name: str, unit: str, *, reason: str, actor: Actor, at: datetime
) -> UnitStatus:
    """This function will return an answer (退回) with a reason; OnlyGiver, OwnAnswer, CannotDo.

    It may come again within the plan's working days for corrections, never sooner than was set.
    """
    part = _hold(session, name, unit, word="退回", actor=actor)
    why = check_text(reason, field="reason")
    if was_done(session, part, UnitAct.RETURN, actor=actor):
        return part.status
    by = answer_by_after_return(
        part.answer_by, returned_on=shanghai_date(at),
        within=session.get_one(Plan, part.plan).within_correct, calendar=get_calendar(session),
    )  # fmt: skip
    status = move_part(
        session, part, act=UnitAct.RETURN, actor=actor, at=at, note=why, answer_by=by
    )
    until = f"请在 {by.month}月{by.day}日前改好再报"
    _tell(session, part, Rung.RETURNED, f"{part.giver_name}退回：{why}。{until}", at=at)
    count_handouts(session, plans=[part.plan], at=at)
    return status


def _hold(session: Session, name: str, unit: str, *, word: str, actor: Actor) -> Part:
    part = hold_part(session, name, unit, actor=actor)
    require_giver(session, part, actor=actor, act=word, roles=STRIKERS)
    latest = select(HandoutAnswer.actor).filter_by(handout_unit=part.id, no=part.latest_no)
    if part.status is UnitStatus.REPORTED and session.scalar(latest) == actor.key:
        raise OwnAnswer(giver=part.giver_name)
    return part


def _tell(session: Session, part: Part, rung: Rung, said: str, *, at: datetime) -> None:
    text = f"{part.title}（{part.number}）：{said}"
    word = Word(notices.HANDOUT, part.id, rung, part.latest_no, part.unit, text, part.reference)
    notify(session, [word], at=at)
