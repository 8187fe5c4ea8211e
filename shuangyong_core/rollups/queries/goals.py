"""Which targets stand at a unit, and the goal each has there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.plans.models import Indicator, Node, Target, TargetReporter, TargetVersion
from shuangyong_core.rollups.queries.lines import Goal, TargetRef
from shuangyong_core.rollups.queries.place import Place, current, is_under
from shuangyong_core.rollups.rules.numbers import Measure
from shuangyong_core.units.models import Tree

BY_QUOTA = ("total", "each")


def list_targets(session: Session, place: Place, *, also: Collection[int] = ()) -> list[TargetRef]:
    """This function will list the unit's targets, and those with a state; the issuer sees all."""
    rows = session.execute(_targets(place.plan)).mappings().all()
    if place.unit.id == place.issuer:
        return [_named(row) for row in rows]
    given = set(session.scalars(select(Assignment.target).where(Assignment.unit == place.unit.id)))
    return [_named(row) for row in rows if row["id"] in given or row["id"] in also]


def goals_of(session: Session, place: Place, *, round: int | None) -> dict[int, Goal]:
    """This function will give the goal of each target at a place.

    A goal for the year has no share in a round; one for each round is had as often as it is due.
    """
    rows = session.execute(_targets(place.plan)).mappings().all()
    quotas = _quotas(session, place)
    times = _rounds_of(session, place.plan)
    goals: dict[int, Goal] = {}
    for row in rows:
        target, is_per_round = row["id"], row["per"] == "due"
        if row["goal_kind"] == "ratio":
            goals[target] = Goal(row["goal"], row["goal_den"])
        elif row["goal_kind"] in BY_QUOTA and target in quotas:
            if round is None:
                often = times.get(target, 1) if is_per_round else 1
                goals[target] = Goal(quotas[target] * often)
            elif is_per_round:
                goals[target] = Goal(quotas[target])
    return goals


def _targets(plan: int) -> Any:
    version = TargetVersion
    return (
        select(Target.id, Target.code, Indicator.display_unit, Indicator.kind, Indicator.decimals)
        .add_columns(Indicator.over_units, Indicator.over_time, version.title, version.category)
        .add_columns(version.goal_kind, version.goal, version.goal_den, version.goal_note)
        .add_columns(version.per, version.automatic, version.position, version.weight)
        .add_columns(version.shown_to)
        .join(version, version.target == Target.id)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(Target.plan == plan, version.to_version.is_(None))
        .order_by(version.position, Target.code)
    )


def _named(row: Any) -> TargetRef:
    names = ("id", "code", "title", "category", "display_unit", "over_time", "goal_kind")
    more = ("goal_note", "automatic", "position", "weight")
    measure = Measure(row["kind"], row["decimals"], row["over_units"])
    return TargetRef(measure=measure, **{name: row[name] for name in (*names, *more)})


def targets_shown_to(session: Session, plan: int, kind: str) -> list[TargetRef]:
    """This function will list the targets whose total a kind of unit may see."""
    rows = session.execute(_targets(plan)).mappings()
    return [_named(row) for row in rows if kind in row["shown_to"]]


def _quotas(session: Session, place: Place) -> dict[int, int]:
    """Responsibility shows what is held; territory adds up everybody's own share."""
    statement = (
        select(Quota.target, func.sum(Quota.held))
        .join(Target, Target.id == Quota.target)
        .where(Target.plan == place.plan, Quota.valid_to.is_(None))
    )
    if place.tree == Tree.RESPONSIBILITY.value:
        statement = statement.where(Quota.unit == place.unit.id)
    else:
        node = aliased(Node)
        statement = (
            select(Quota.target, func.sum(Quota.own))
            .select_from(node)
            .join(Quota, Quota.unit == node.unit)
            .join(Target, (Target.id == Quota.target) & (Target.plan == node.plan))
            .where(*current(node, place.plan, place.tree), is_under(node, place.path))
            .where(Quota.valid_to.is_(None))
        )
    return {target: int(goal) for target, goal in session.execute(statement.group_by(Quota.target))}


def _rounds_of(session: Session, plan: int) -> dict[int, int]:
    rows = session.execute(
        select(TargetReporter.target, func.count(distinct(TargetReporter.round)))
        .join(Target, Target.id == TargetReporter.target)
        .join(
            TargetVersion,
            (TargetVersion.target == Target.id)
            & (TargetVersion.from_version == TargetReporter.from_version)
            & TargetVersion.to_version.is_(None),
        )
        .where(Target.plan == plan)
        .group_by(TargetReporter.target)
    )
    return {target: count for target, count in rows}
