"""One target at one unit, round by round: its value there and where its items stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Round
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.rollups.queries.lines import TargetRef, Value, written
from shuangyong_core.rollups.queries.overview import items_below
from shuangyong_core.rollups.queries.place import Place, place_of
from shuangyong_core.rollups.queries.states import COUNTS, states_of
from shuangyong_core.rollups.queries.tallies import unreported
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class InRound:
    """What a unit and all below it have in one round."""

    round: int
    value: Value
    tally: Tally


def by_round(
    session: Session,
    plan: int,
    unit: int,
    target: TargetRef,
    *,
    today: date,
    tree: Tree = Tree.RESPONSIBILITY,
) -> dict[int, InRound]:
    """This function will give the rounds in which the target is due, by id. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    state = states_of(plan, place.tree, lambda node: node.unit == unit)
    rows = session.execute(select(state).where(state.c.target == target.id)).mappings()
    overdue = _overdue(session, place, target.id, today)
    found = {}
    for row in rows:
        tally = Tally(*(row[name] for name in COUNTS))
        found[row["round"]] = InRound(
            row["round"],
            written(target.measure, row["numerator"], row["denominator"]),
            replace(tally, overdue=overdue.get(row["round"], 0)),
        )
    return found


def _overdue(session: Session, place: Place, target: int, today: date) -> dict[int, int]:
    rows = session.execute(
        items_below(place, Round.id, func.count())
        .join(LeafState, unreported())
        .where(DueItem.target == target, DueItem.due < today)
        .group_by(Round.id)
    )
    return {round_: count for round_, count in rows}
