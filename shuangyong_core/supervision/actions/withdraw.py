"""收回 from one unit and all it was passed on to, or 撤销交办 as a whole; each with a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import SYSTEM, Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.supervision.actions.counting import count_handouts
from shuangyong_core.supervision.actions.moving import (
    close_if_all_are,
    handout_is_over,
    is_last_by,
    move_part,
    move_whole,
    was_done,
)
from shuangyong_core.supervision.actions.notify import Word, notify
from shuangyong_core.supervision.models import HandoutStatus
from shuangyong_core.supervision.queries.acting import units_acted_for
from shuangyong_core.supervision.queries.place import (
    GIVERS,
    OnlyGiver,
    Part,
    hold_handout,
    hold_part,
    list_parts,
    passed_on_by,
    require_giver,
)
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.handouts import OPEN, HandoutAct, UnitAct, UnitStatus
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.supervision.rules.texts import check_text
from shuangyong_core.units.queries import get_card


def withdraw_unit(
    session: Session, name: str, unit: str, *, reason: str, actor: Actor, at: datetime
) -> UnitStatus:
    """This function will take a hand-out back from a unit; OnlyGiver, CannotDo, Problems."""
    part = hold_part(session, name, unit, actor=actor)
    require_giver(session, part, actor=actor, act="收回", roles=GIVERS)
    why = check_text(reason, field="reason")
    if was_done(session, part, UnitAct.WITHDRAW, actor=actor):
        return part.status
    handout = hold_handout(session, name, actor=actor)
    parts = [each for each in list_parts(session, [handout], actor=SYSTEM) if each.status in OPEN]
    for each in (part, *passed_on_by(part, parts)):
        _withdraw(session, each, why=why, actor=actor, at=at)
    count_handouts(session, plans=[part.plan], at=at)
    close_if_all_are(session, part.handout, actor=actor, at=at)
    return UnitStatus.WITHDRAWN


def cancel_handout(
    session: Session, name: str, *, reason: str, actor: Actor, at: datetime
) -> HandoutStatus:
    """This function will call a hand-out off; its number stays. OnlyGiver, HandoutIsOver …"""
    handout = hold_handout(session, name, actor=actor)
    givers = units_acted_for(session, handout.plan, actor, *GIVERS)
    if not actor.is_unlimited and handout.giver not in givers:
        giver = get_card(session, handout.giver).name
        raise OnlyGiver(act="撤销", giver=giver, unit="承办单位")
    why = check_text(reason, field="reason")
    to = HandoutStatus.CANCELLED
    if handout.status == to and is_last_by(session, handout.id, None, to=to, actor=actor):
        return to
    if handout.status != HandoutStatus.OPEN:
        raise handout_is_over(session, handout.id)
    for part in list_parts(session, [handout], actor=SYSTEM):
        if part.status in OPEN:
            _withdraw(session, part, why=why, actor=actor, at=at)
    move_whole(session, handout.id, act=HandoutAct.CANCEL, actor=actor, at=at, note=why)
    audit.record(session, act="handout.cancel", subject=f"handout:{handout.reference}",
                 actor=actor.key, at=at)  # fmt: skip
    count_handouts(session, plans=[handout.plan], at=at)
    return to


def _withdraw(session: Session, part: Part, *, why: str, actor: Actor, at: datetime) -> None:
    move_part(session, part, act=UnitAct.WITHDRAW, actor=actor, at=at, note=why)
    text = f"{part.title}（{part.number}）已收回，不用再办。原因：{why}"
    word = Word(notices.HANDOUT, part.id, Rung.WITHDRAWN, part.latest_no, part.unit, text,
                part.reference)  # fmt: skip
    notify(session, [word], at=at)
