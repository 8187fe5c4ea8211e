"""What waits for a person beside the plan: hand-outs to answer or strike off, and problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.supervision.models import Handout, HandoutUnit, Problem
from shuangyong_core.supervision.queries.acting import is_acted_for
from shuangyong_core.supervision.queries.place import ANSWERERS, GIVERS, STRIKERS
from shuangyong_core.supervision.rules.handouts import OPEN, WAITING, UnitStatus
from shuangyong_core.supervision.rules.problems import ProblemStatus
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """A unit's part in a hand-out that waits for its unit, or, once reported, for its giver."""

    reference: str
    number: str
    title: str
    unit_name: str
    status: UnitStatus
    answer_by: date


@dataclass(frozen=True, slots=True)
class WaitingProblem:
    """A problem that lies with one of the actor's units."""

    reference: str
    number: str
    title: str
    unit_name: str
    wished_by: date | None


def list_waiting_parts(session: Session, plan: int, *, actor: Actor) -> Sequence[WaitingPart]:
    """This function will list what an actor's units must answer or strike off, by deadline."""
    below = aliased(HandoutUnit)
    passed_on = exists().where(
        below.handout == HandoutUnit.handout,
        below.giver == HandoutUnit.unit,
        below.status.in_([each.value for each in OPEN]),
    )
    to_answer = and_(
        is_acted_for(HandoutUnit.unit, plan, actor, *ANSWERERS),
        HandoutUnit.status.in_([each.value for each in WAITING]),
        ~passed_on,
    )
    to_strike_off = and_(
        is_acted_for(HandoutUnit.giver, plan, actor, *STRIKERS),
        HandoutUnit.status == UnitStatus.REPORTED.value,
    )
    rows = session.execute(
        select(Handout.reference, Handout.number, Handout.title, Unit.name, HandoutUnit.status)
        .add_columns(HandoutUnit.answer_by)
        .join(Handout, Handout.id == HandoutUnit.handout)
        .join(Unit, Unit.id == HandoutUnit.unit)
        .where(Handout.plan == plan, or_(to_answer, to_strike_off))
        .order_by(HandoutUnit.answer_by, Handout.id, Unit.code)
    )
    return [
        WaitingPart(reference, number, title, unit, UnitStatus(status), answer_by)
        for reference, number, title, unit, status, answer_by in rows
    ]


def list_waiting_problems(session: Session, plan: int, *, actor: Actor) -> Sequence[WaitingProblem]:
    """This function will list the problems that lie with an actor's units, the oldest first."""
    rows = session.execute(
        select(Problem.reference, Problem.number, Problem.title, Unit.name, Problem.wished_by)
        .join(Unit, Unit.id == Problem.unit)
        .where(Problem.plan == plan, Problem.status == ProblemStatus.OPEN.value)
        .where(is_acted_for(Problem.holder, plan, actor, *GIVERS))
        .order_by(Problem.id)
    )
    return [WaitingProblem(*row) for row in rows]
