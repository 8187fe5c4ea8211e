"""Items counted by unit, and by category or round: two statements, however many units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Node, Round, Target, TargetVersion
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.rollups.queries.place import Place, current, is_under
from shuangyong_core.rollups.queries.states import COUNTS, Nodes, states_of
from shuangyong_core.rollups.rules.lights import Tally

Key = tuple[int, Any]  # unit, and what it is grouped by
BY_UNIT: ColumnElement[Any] = literal(0)


def tallies(
    session: Session,
    place: Place,
    which: Nodes,
    *,
    today: date,
    by: Any = BY_UNIT,
    round: int | None = None,
    only_own: bool = False,
    all_rounds: bool = False,
) -> dict[Key, Tally]:
    """This function will count the items of rounds that have opened, or of one round, or of all.

    What the product counts by itself is no item: nobody owes it.
    """
    wanted: list[Any] = [TargetVersion.to_version.is_(None), TargetVersion.automatic.is_(None)]
    if round is not None:
        wanted.append(Round.id == round)
    elif not all_rounds:
        wanted.append(Round.opens_on <= today)
    found = _counts(session, place, which, by, wanted, only_own=only_own)
    for key, overdue in _overdue(session, place, which, by, wanted, today, only_own).items():
        found[key] = replace(found.get(key, Tally()), overdue=overdue)
    return found


def _counts(
    session: Session, place: Place, which: Nodes, by: Any, wanted: Any, *, only_own: bool
) -> dict[Key, Tally]:
    state = states_of(place.plan, place.tree, which, only_own=only_own).c
    rows = session.execute(
        select(state.unit, by, *(func.sum(state[name]) for name in COUNTS))
        .join(TargetVersion, TargetVersion.target == state.target)
        .join(Round, Round.id == state.round)
        .where(*wanted)
        .group_by(state.unit, by)
    )
    return {(unit, group): Tally(*map(int, counts)) for unit, group, *counts in rows}


def _overdue(
    session: Session,
    place: Place,
    which: Nodes,
    by: Any,
    wanted: Any,
    today: date,
    only_own: bool,
) -> dict[Key, int]:
    above, below = aliased(Node), aliased(Node)
    reach = above.unit == below.unit if only_own else is_under(below, above.path)
    rows = session.execute(
        select(above.unit, by, func.count())
        .select_from(DueItem)
        .join(LeafState, unreported())
        .join(Target, Target.id == DueItem.target)
        .join(TargetVersion, TargetVersion.target == DueItem.target)
        .join(Round, Round.id == DueItem.round)
        .join(below, below.unit == DueItem.unit)
        .join(above, reach)
        .where(Target.plan == place.plan, DueItem.valid_to.is_(None), DueItem.due < today)
        .where(*current(above, place.plan, place.tree), *current(below, place.plan, place.tree))
        .where(which(above), *wanted)
        .group_by(above.unit, by)
    )
    return {(unit, group): count for unit, group, count in rows}


def overdue_by_target(
    session: Session, place: Place, *, today: date, round: int | None = None
) -> dict[int, int]:
    """This function will count what is past its date and not reported, for each target."""
    wanted: list[Any] = [TargetVersion.to_version.is_(None)]
    if round is not None:
        wanted.append(Round.id == round)
    unit = place.unit.id
    found = _overdue(
        session, place, lambda node: node.unit == unit, Target.id, wanted, today, False
    )
    return {target: count for (_, target), count in found.items()}


def unreported() -> Any:
    """This function will join a due item to its state while nothing is reported."""
    return (
        (LeafState.unit == DueItem.unit)
        & (LeafState.target == DueItem.target)
        & (LeafState.round == DueItem.round)
        & (LeafState.reported == 0)
    )
