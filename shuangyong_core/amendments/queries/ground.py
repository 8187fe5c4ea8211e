"""What acts on units are played on: the units' own trees, and each running plan as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.amendments.rules.duties import Asked, Duties, Duty, Item
from shuangyong_core.amendments.rules.forest import Forest
from shuangyong_core.amendments.rules.ledger import Held, Ledger
from shuangyong_core.amendments.rules.play import Ground
from shuangyong_core.assignments.queries.standing import (
    OpenQuota,
    Pair,
    duties_of,
    items_of,
    quotas_of,
)
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.places import lines_of_places, places_under
from shuangyong_core.rollups.queries.facts_of import accepted_items
from shuangyong_core.units.models import Tree
from shuangyong_core.units.successions import Standing, children_today, lines_above

RUNNING = ("active", "closing")


@dataclass(frozen=True, slots=True)
class PlanGround:
    """A running plan as acts find it: the trees' part that is concerned, quotas, duties, items."""

    plan: Plan
    ground: Ground
    quotas: Mapping[Pair, OpenQuota]
    concerned: frozenset[int]  # the units that acts name, as far as the plan has them


def unit_trees(
    session: Session, units: Collection[int], *, emptied: Collection[int]
) -> tuple[dict[Tree, Forest], dict[Tree, dict[int, Standing]]]:
    """This function will give the part of both trees that is concerned, and since when it holds."""
    forests, standings = {}, {}
    for tree in Tree:
        below = children_today(session, emptied, tree=tree)
        inside = {child for children in below.values() for child in children}
        standing = lines_above(session, {*units, *inside}, tree=tree)
        forests[tree] = Forest({unit: one.parent for unit, one in standing.items()}, below)
        standings[tree] = standing
    return forests, standings


def running_plans(session: Session) -> list[Plan]:
    """This function will list the plans whose year runs, and those on their way down."""
    found = select(Plan).where(Plan.status.in_((*RUNNING, "launching"))).order_by(Plan.id)
    return list(session.scalars(found))


def plan_ground(
    session: Session, plan: Plan, units: Collection[int], *, emptied: Collection[int], today: date
) -> PlanGround | None:
    """This function will give what is concerned in a plan; nothing if no unit is in it."""
    forests = {tree: _forest(session, plan.id, units, emptied, tree) for tree in Tree}
    held = forests[Tree.RESPONSIBILITY]
    concerned = frozenset(unit for unit in units if unit in held)
    if not concerned - {plan.issuer}:
        return None
    holders = concerned | {above for unit in concerned for above in held.line(unit)}
    # What hangs silent under a unit that goes may still hold a part of it.
    silent = {child for unit in emptied for child in held.below(unit) if child in held.silent}
    quotas = quotas_of(session, plan.id, holders | silent)
    duties = {
        pair: Duty(one.holds, one.reports, one.is_aside)
        for pair, one in duties_of(session, plan.id, holders).items()
    }
    ledger = Ledger({pair: Held(one.held, one.own, one.reason) for pair, one in quotas.items()})
    items = _items(session, plan.id, concerned - held.silent, today)
    ground = Ground(held, forests[Tree.TERRITORY], ledger, Duties(duties, items))
    return PlanGround(plan, ground, quotas, concerned)


def _forest(
    session: Session, plan: int, units: Collection[int], emptied: Collection[int], tree: Tree
) -> Forest:
    lines = lines_of_places(session, plan, units, tree=tree)
    below = places_under(session, plan, [u for u in emptied if u in lines], tree=tree)
    silent = {row.unit for row in lines.values() if row.is_silent}
    silent |= {row.unit for rows in below.values() for row in rows if row.is_silent}
    children = {unit: [row.unit for row in rows] for unit, rows in below.items()}
    return Forest({row.unit: row.parent for row in lines.values()}, children, silent)


def _items(
    session: Session, plan: int, units: Collection[int], today: date
) -> dict[int, dict[Asked, Item]]:
    accepted = accepted_items(session, plan, units)
    found: dict[int, dict[Asked, Item]] = defaultdict(dict)
    for row in items_of(session, plan, units, today=today):
        found[row.unit][row.target, row.round] = Item(
            row.done_by, row.first_due, row.due, row.is_backfill, row.is_open,
            (row.unit, row.target, row.round) in accepted,
        )  # fmt: skip
    return dict(found)
