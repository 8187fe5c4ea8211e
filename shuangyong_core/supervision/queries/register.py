"""The register (交办登记) and one hand-out: each unit's part with its light and its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.names import name_of, names_of
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.plans.queries.within import list_plans_within
from shuangyong_core.supervision.models import Handout, HandoutAnswer, HandoutFile, HandoutUnit
from shuangyong_core.supervision.queries.permitted import permitted
from shuangyong_core.supervision.queries.place import GIVERS, Part, find_handout, list_parts
from shuangyong_core.supervision.rules.due import Lamp, lamp_of
from shuangyong_core.supervision.rules.handouts import HandoutStatus, UnitAct
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What a unit reported as done, with the files that went out with it: hash and name."""

    no: int
    at: datetime
    who: str
    text: str
    files: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One unit's part as it is shown."""

    part: Part
    lamp: Lamp
    answers: Sequence[AnswerRow]
    may: Collection[UnitAct]


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """A hand-out as the reader sees it: only the parts within their own."""

    reference: str
    number: str
    plan: str
    title: str
    text: str
    giver: str
    giver_name: str
    due_date: date
    status: HandoutStatus
    issued_at: datetime
    issued_by: str
    parts: Sequence[PartRow]
    may_cancel: bool


def get_handout(session: Session, name: str, *, actor: Actor, today: date) -> HandoutRow:
    """This function will give one hand-out; raises HandoutNotFound."""
    handout = find_handout(session, name, actor=actor)
    return _row(session, handout, actor=actor, today=today, calendar=get_calendar(session))


def list_handouts(
    session: Session, *, actor: Actor, today: date, plan: str | None = None
) -> list[HandoutRow]:
    """This function will list the hand-outs that concern the actor's units, open ones first."""
    calendar = get_calendar(session)
    found: list[Handout] = []
    for each in list_plans_within(session, actor=actor):
        if plan in (None, each.code):
            mine = select(HandoutUnit.handout).where(
                HandoutUnit.unit.in_(units_in_reach(each.id, actor))
            )
            kept = select(Handout).where(Handout.plan == each.id, Handout.id.in_(mine))
            found += session.scalars(kept.order_by(Handout.id.desc()))
    found.sort(key=lambda one: one.status != HandoutStatus.OPEN)
    return [_row(session, one, actor=actor, today=today, calendar=calendar) for one in found]


def _row(
    session: Session, handout: Handout, *, actor: Actor, today: date, calendar: Calendar
) -> HandoutRow:
    parts = list_parts(session, handout, actor=actor)
    answers = _answers(session, parts)
    giver = session.get_one(Unit, handout.giver)
    is_giver = actor.is_unlimited or handout.giver in actor.units_with(*GIVERS)
    return HandoutRow(
        reference=handout.reference, number=handout.number,
        plan=session.get_one(Plan, handout.plan).code, title=handout.title, text=handout.text,
        giver=giver.code, giver_name=giver.name, due_date=handout.due_date,
        status=HandoutStatus(handout.status), issued_at=handout.issued_at,
        issued_by=name_of(session, handout.issued_by),
        parts=[
            PartRow(part, _lamp(part, today, calendar), answers.get(part.id, ()), may)
            for part, may in permitted(session, parts, actor=actor)
        ],
        may_cancel=is_giver and handout.status == HandoutStatus.OPEN,
    )  # fmt: skip


def _lamp(part: Part, today: date, calendar: Calendar) -> Lamp:
    return lamp_of(
        part.status, answer_by=part.answer_by, was_late=part.was_late, today=today,
        calendar=calendar,
    )  # fmt: skip


def _answers(session: Session, parts: Sequence[Part]) -> Mapping[int, list[AnswerRow]]:
    ids = [part.id for part in parts]
    files: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for kept in session.scalars(select(HandoutFile).where(HandoutFile.handout_unit.in_(ids))):
        files.setdefault((kept.handout_unit, kept.no), []).append((kept.sha256, kept.name))
    said = select(HandoutAnswer).where(HandoutAnswer.handout_unit.in_(ids))
    rows = session.scalars(said.order_by(HandoutAnswer.no.desc())).all()
    names = names_of(session, [row.actor for row in rows])
    answers: dict[int, list[AnswerRow]] = {}
    for row in rows:
        with_it = files.get((row.handout_unit, row.no), [])
        shown = AnswerRow(row.no, row.at, names[row.actor], row.text, sorted(with_it))
        answers.setdefault(row.handout_unit, []).append(shown)
    return answers
