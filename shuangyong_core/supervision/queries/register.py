"""The register (交办登记) and one hand-out: each unit's part with its light and its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.plans.queries.within import list_plans_within
from shuangyong_core.supervision.models import Handout, HandoutAnswer, HandoutFile, HandoutUnit
from shuangyong_core.supervision.queries.acting import units_acted_for
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
    plan = session.get_one(Plan, handout.plan)
    return _rows(session, plan, [handout], actor=actor, today=today)[0]


def list_handouts(
    session: Session, *, actor: Actor, today: date, plan: str | None = None
) -> list[HandoutRow]:
    """This function will list the hand-outs that concern the actor's units, open ones first."""
    found: list[HandoutRow] = []
    for each in list_plans_within(session, actor=actor):
        if plan in (None, each.code):
            mine = select(HandoutUnit.handout).where(
                HandoutUnit.unit.in_(units_in_reach(each.id, actor))
            )
            kept = select(Handout).where(Handout.plan == each.id, Handout.id.in_(mine))
            handouts = session.scalars(kept.order_by(Handout.id.desc())).all()
            found += _rows(session, each, handouts, actor=actor, today=today)
    return sorted(found, key=lambda one: one.status != HandoutStatus.OPEN)


def _rows(
    session: Session, plan: Plan, handouts: Sequence[Handout], *, actor: Actor, today: date
) -> list[HandoutRow]:
    """The hand-outs of a plan, by as many statements for all as for one."""
    parts = list_parts(session, handouts, actor=actor)
    answers, calendar = _answers(session, parts), get_calendar(session)
    shown: dict[int, list[PartRow]] = {}
    for part, may in permitted(session, parts, actor=actor):
        row = PartRow(part, _lamp(part, today, calendar), answers.get(part.id, ()), may)
        shown.setdefault(part.handout, []).append(row)
    names = names_of(session, [each.issued_by for each in handouts])
    wanted = select(Unit).where(Unit.id.in_({each.giver for each in handouts}))
    givers = {unit.id: unit for unit in session.scalars(wanted)}
    gives = units_acted_for(session, plan.id, actor, *GIVERS)
    return [
        HandoutRow(
            reference=each.reference, number=each.number, plan=plan.code, title=each.title,
            text=each.text, giver=givers[each.giver].code, giver_name=givers[each.giver].name,
            due_date=each.due_date, status=HandoutStatus(each.status), issued_at=each.issued_at,
            issued_by=names[each.issued_by], parts=shown.get(each.id, ()),
            may_cancel=(actor.is_unlimited or each.giver in gives)
            and each.status == HandoutStatus.OPEN,
        )
        for each in handouts
    ]  # fmt: skip


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
