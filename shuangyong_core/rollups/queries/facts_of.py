"""The facts of some units: what of them was accepted, and what of it counts under the issuer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Node, Target
from shuangyong_core.reports.models import Figure
from shuangyong_core.rollups.actions.statements.facts import DUE_AND_SENT
from shuangyong_core.rollups.models import Cell
from shuangyong_core.units.models import Tree
from shuangyong_core.units.successions import in_parts

COUNTED = ("reported", "not_involved")
Fact = tuple[int, int]  # target, round


def accepted_items(
    session: Session, plan: int, units: Collection[int]
) -> set[tuple[int, int, int]]:
    """This function will give the items (unit, target, round) of units that are accepted now."""
    found: set[tuple[int, int, int]] = set()
    for some in in_parts(set(units)):
        rows = _facts(plan, some, DueItem.unit, DueItem.target, DueItem.round)
        found |= {(unit, target, round_) for unit, target, round_ in session.execute(rows)}
    return found


def sum_facts(
    session: Session, plan: int, units: Collection[int], *, tree: Tree
) -> dict[Fact, tuple[int, int]]:
    """This function will count and add up what of these units counts in a tree, by round."""
    found: dict[Fact, tuple[int, int]] = {}
    added = func.count(), func.coalesce(func.sum(Figure.numerator), 0)
    for some in in_parts(set(units)):
        rows = _facts(plan, some, DueItem.target, DueItem.round, *added).join(
            Node, (Node.unit == DueItem.unit) & (Node.plan == plan)
        )
        rows = rows.where(Node.tree == tree.value, Node.to_edition.is_(None))
        for target, round_, count, total in session.execute(
            rows.group_by(DueItem.target, DueItem.round)
        ):
            before = found.get((target, round_), (0, 0))
            found[target, round_] = (before[0] + count, before[1] + int(total))
    return found


def count_rounds(session: Session, unit: int, *, plan: int) -> dict[int, tuple[int, int]]:
    """This function will give by round what is expected and accepted under a unit, as folded."""
    rows = (
        select(Cell.round, func.sum(Cell.expected), func.sum(Cell.accepted))
        .join(Target, Target.id == Cell.target)
        .where(Cell.tree == Tree.RESPONSIBILITY.value, Cell.unit == unit, Target.plan == plan)
        .group_by(Cell.round)
    )
    return {round_: (int(e), int(a)) for round_, e, a in session.execute(rows)}


def _facts(plan: int, units: Collection[int], *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(DUE_AND_SENT)
        .where(Target.plan == plan, DueItem.unit.in_(units), DueItem.valid_to.is_(None))
        .where(Figure.state.in_(COUNTED))
    )
