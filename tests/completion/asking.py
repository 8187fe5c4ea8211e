"""Short ways to ask and to decide, by codes and whole transactions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.close_request import withdraw_request
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.assignments.queries.requests import RequestRow, get_request
from shuangyong_core.assignments.queries.unfulfilled import sum_unfulfilled
from shuangyong_core.assignments.rules.requests import Kind, Wish
from shuangyong_core.completion.actions.decide_request import decide_request
from shuangyong_core.completion.queries.effect import Effect, effect_of
from shuangyong_core.plans.models import Plan, Round, Target
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.units.models import Unit

REASON = "防汛期间人员都在一线"


def ask(
    engine: Engine, unit: str, kind: Kind, *, actor: Actor, at: datetime, **wish: Any
) -> RequestRow:
    """Asks for a unit of the only plan."""
    with db.write(engine) as session:
        plan = session.scalars(select(Plan)).one()
        here = session.scalars(select(Unit.id).where(Unit.code == unit)).one()
        wished = Wish(kind, **{"reason": REASON} | wish)
        return ask_request(session, plan, unit=here, wish=wished, actor=actor, at=at)


def extend(engine: Engine, unit: str, until: date, **how: Any) -> RequestRow:
    """Asks for a later date in the round that is open."""
    return ask(engine, unit, Kind.EXTENSION, round="R2", until=until, **how)


def decide(engine: Engine, asked: RequestRow, *, grant: bool = True, **how: Any) -> RequestRow:
    """Decides."""
    with db.write(engine) as session:
        return decide_request(session, asked.id, grant=grant, **how)


def withdraw(engine: Engine, asked: RequestRow, **how: Any) -> RequestRow:
    """Takes back."""
    with db.write(engine) as session:
        return withdraw_request(session, asked.id, **how)


def effect(engine: Engine, asked: RequestRow, *, at: datetime) -> Effect:
    """What a grant would change."""
    with db.read(engine) as session:
        return effect_of(session, session.get_one(Plan, asked.plan), asked, at=at)


def seen(engine: Engine, asked: RequestRow, actor: Actor) -> RequestRow:
    """The request as it is now."""
    with db.read(engine) as session:
        return get_request(session, asked.id, actor=actor)


def dues(engine: Engine, unit: str, target: str) -> dict[str, tuple[date, date, int, bool]]:
    """By round: first date, date, version, whether it is still asked for."""
    with db.read(engine) as session:
        rows = session.execute(
            select(
                Round.code, DueItem.first_due, DueItem.due, DueItem.due_version, DueItem.valid_to
            )
            .join(Round, Round.id == DueItem.round)
            .join(Target, Target.id == DueItem.target)
            .join(Unit, Unit.id == DueItem.unit)
            .where(Unit.code == unit, Target.code == target)
        )
        return {row[0]: (row[1], row[2], row[3], row[4] is None) for row in rows}


def statuses(engine: Engine, unit: str, target: str) -> tuple[str | None, str | None]:
    """What is held and what is reported."""
    with db.read(engine) as session:
        row = session.execute(
            select(Assignment.hold_status, Assignment.report_status)
            .join(Target, Target.id == Assignment.target)
            .join(Unit, Unit.id == Assignment.unit)
            .where(Unit.code == unit, Target.code == target)
        ).one()
        return row[0], row[1]


def unfulfilled(engine: Engine, unit: str, target: str) -> int:
    """What is 未落实 below a unit."""
    with db.read(engine) as session:
        plan = session.scalars(select(Plan)).one()
        here = session.scalars(select(Unit.id).where(Unit.code == unit)).one()
        wanted = session.scalars(select(Target.id).where(Target.code == target)).one()
        return sum_unfulfilled(session, plan, unit=here).get(wanted, 0)


def differences(engine: Engine, *, at: datetime) -> int:
    """Folds what is marked and counts what a full recount says otherwise."""
    with db.write(engine) as session:
        rollups.fold(session, at=at + timedelta(seconds=1))
    with db.write(engine) as session:
        return len(rollups.verify(session))
