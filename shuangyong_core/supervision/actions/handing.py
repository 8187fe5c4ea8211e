"""Lays a hand-out before units: one row and one notice each; who is passed over gets a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.marks import actions as marks
from shuangyong_core.plans.queries.tree import NodeRow
from shuangyong_core.supervision.actions.counting import count_handouts
from shuangyong_core.supervision.actions.moving import SUBJECT
from shuangyong_core.supervision.actions.notify import Word, notify
from shuangyong_core.supervision.models import Handout, HandoutUnit
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.handouts import UnitStatus
from shuangyong_core.supervision.rules.notices import Rung


def hand_to(
    session: Session,
    handout: Handout,
    giver: NodeRow,
    units: Sequence[NodeRow],
    *,
    due_date: date,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will give a hand-out to units that do not have it yet."""
    row = {"handout": handout.id, "giver": giver.unit, "due_date": due_date,
           "answer_by": due_date, "status": UnitStatus.ISSUED.value, "version": 1,
           "latest_no": 0}  # fmt: skip
    written = insert(HandoutUnit).returning(HandoutUnit.unit, HandoutUnit.id)
    rows = session.execute(written, [row | {"unit": each.unit} for each in units])
    parts = dict(rows.tuples().all())
    marks.take_steps(
        session, subject_kind=SUBJECT, subjects=[(handout.id, each.unit) for each in units],
        from_status=None, to_status=UnitStatus.ISSUED, at=at, actor=actor.key,
    )  # fmt: skip
    told = [_received(handout, each, parts[each.unit], giver, due_date) for each in units]
    told += [_passed_over(handout, each, parts[each.unit], giver) for each in units
             if each.parent not in (None, giver.unit)]  # fmt: skip
    notify(session, told, at=at)
    count_handouts(session, plans=[handout.plan], at=at)


def _received(handout: Handout, unit: NodeRow, part: int, giver: NodeRow, due_date: date) -> Word:
    until = f"{due_date.month}月{due_date.day}日前办结"
    text = f"{giver.name}交办：{handout.title}（{handout.number}），{until}，请先签收。"
    return Word(notices.HANDOUT, part, Rung.HANDED_OUT, 1, unit.unit, text, handout.reference)


def _passed_over(handout: Handout, unit: NodeRow, part: int, giver: NodeRow) -> Word:
    text = f"抄送：{giver.name}直接交办{unit.name}：{handout.title}（{handout.number}）。"
    above = unit.parent or 0
    return Word(notices.HANDOUT, part, Rung.HANDED_PAST, 1, above, text, handout.reference)
