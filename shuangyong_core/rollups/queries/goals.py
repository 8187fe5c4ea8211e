"""Which targets stand at a unit, and the goal each has there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, distinct, func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment
from shuangyong_core.plans.models import (
    Indicator,
    PlanVersion,
    Target,
    TargetReporter,
    TargetVersion,
)
from shuangyong_core.rollups.queries.lines import Goal, TargetRef
from shuangyong_core.rollups.queries.place import (
    AT_UNIT,
    IN_PLAN,
    Place,
)
from shuangyong_core.rollups.queries.quotas import Close, held_at
from shuangyong_core.rollups.rules.numbers import Measure

BY_QUOTA = ("total", "each")
THEN = bindparam("then", type_=Integer())
TARGET, VERSION = Target.__table__, TargetVersion.__table__


def read_targets(session: Session, plan: int, close: Close | None = None) -> Sequence[Any]:
    """This function will read the plan's targets as their current version has them, in order; or
    as they stood when a round closed: one that came later, as it first was."""
    then = None
    if close is not None:
        version = PlanVersion.__table__.c
        no = select(func.max(version.no)).where(version.plan == plan)
        then = session.scalar(no.where(version.applied_at < close.at))
    if then is None:
        return session.execute(_targets(), {"in_plan": plan}).all()
    return session.execute(_targets(was=True), {"in_plan": plan, "then": then}).all()


def list_targets(
    session: Session, place: Place, rows: Iterable[Any], *, also: Collection[int] = ()
) -> list[TargetRef]:
    """This function will list the unit's targets, and those with a state; the issuer sees all."""
    if place.unit.id == place.issuer:
        return [_named(row) for row in rows]
    given = set(session.scalars(_given(), place.asked))
    return [_named(row) for row in rows if row.id in given or row.id in also]


def goals_of(
    session: Session,
    place: Place,
    rows: Iterable[Any],
    *,
    round: int | None,
    close: Close | None = None,
) -> dict[int, Goal]:
    """This function will give the goal of each target at a place, today or as a round closed.

    A goal for the year has no share in a round; one for each round is had as often as it is due.
    """
    quotas = held_at(session, place, close)
    times = {target: count for target, count in session.execute(_rounds_of(), place.asked)}
    goals: dict[int, Goal] = {}
    for row in rows:
        target, is_per_round = row.id, row.per == "due"
        if row.goal_kind == "ratio":
            goals[target] = Goal(row.goal, row.goal_den)
        elif row.goal_kind in BY_QUOTA and target in quotas:
            if round is None:
                often = times.get(target, 1) if is_per_round else 1
                goals[target] = Goal(quotas[target] * often)
            elif is_per_round:
                goals[target] = Goal(quotas[target])
    return goals


def targets_shown_to(session: Session, plan: int, kind: str) -> list[TargetRef]:
    """This function will list the targets whose total a kind of unit may see."""
    return [_named(row) for row in read_targets(session, plan) if kind in row.shown_to]


def _named(row: Any) -> TargetRef:
    names = ("id", "code", "title", "category", "display_unit", "over_time", "goal_kind")
    more = ("goal_note", "automatic", "position", "weight")
    measure = Measure(row.kind, row.decimals, row.over_units)
    return TargetRef(measure=measure, **{name: getattr(row, name) for name in (*names, *more)})


@cache
def _targets(*, was: bool = False) -> Select[Any]:
    indicator, version = Indicator.__table__.c, VERSION.c
    return (
        select(TARGET.c.id, TARGET.c.code, indicator.display_unit, indicator.kind)
        .add_columns(indicator.decimals, indicator.over_units, indicator.over_time)
        .add_columns(version.title, version.category, version.goal_kind, version.goal)
        .add_columns(version.goal_den, version.goal_note, version.per, version.automatic)
        .add_columns(version.position, version.weight, version.shown_to)
        .select_from(TARGET)
        .join(VERSION, version.target == TARGET.c.id)
        .join(Indicator.__table__, indicator.id == TARGET.c.indicator)
        .where(TARGET.c.plan == IN_PLAN, _stood() if was else version.to_version.is_(None))
        .order_by(version.position, TARGET.c.code)
    )


def _stood() -> ColumnElement[bool]:
    """The version of then, else the first."""
    earliest = VERSION.alias("earliest")
    first = select(func.min(earliest.c.from_version)).where(earliest.c.target == TARGET.c.id)
    came, went = VERSION.c.from_version, VERSION.c.to_version
    stood = and_(came <= THEN, or_(went.is_(None), went > THEN))
    return or_(stood, and_(came > THEN, came == first.correlate(TARGET).scalar_subquery()))


@cache
def _given() -> Select[Any]:
    given = Assignment.__table__.c
    return select(given.target).where(given.unit == AT_UNIT)


@cache
def _rounds_of() -> Select[Any]:
    """How many rounds each target is due in."""
    reporter = TargetReporter.__table__
    is_current = (
        (VERSION.c.target == reporter.c.target)
        & (VERSION.c.from_version == reporter.c.from_version)
        & VERSION.c.to_version.is_(None)
    )
    return (
        select(reporter.c.target, func.count(distinct(reporter.c.round)))
        .select_from(
            reporter.join(TARGET, TARGET.c.id == reporter.c.target).join(VERSION, is_current)
        )
        .where(TARGET.c.plan == IN_PLAN)
        .group_by(reporter.c.target)
    )
