"""单位 × 类别: what is reported of what is due, for each unit under one and each category."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.plans.models import Node, Target, TargetVersion
from shuangyong_core.rollups.queries.place import (
    Place,
    UnitRef,
    current,
    is_childless,
    place_of,
    unit_columns,
)
from shuangyong_core.rollups.queries.tallies import tallies
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit with all below it, or the looked-at unit's own work (本级承办)."""

    unit: UnitRef
    is_own: bool
    is_inner: bool
    cells: tuple[Tally, ...]  # one a category
    total: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows by code, and the node's own sums under them."""

    categories: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Tally, ...]
    total: Tally


def matrix(
    session: Session,
    plan: int,
    unit: int,
    *,
    today: date,
    tree: Tree = Tree.RESPONSIBILITY,
    round: int | None = None,
) -> Matrix:
    """This function will count items of opened rounds by child and category. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    categories = categories_of(session, plan)
    below = tallies(
        session,
        place,
        lambda node: node.parent == unit,
        today=today,
        by=TargetVersion.category,
        round=round,
    )
    mine = tallies(
        session,
        place,
        lambda node: node.unit == unit,
        today=today,
        by=TargetVersion.category,
        round=round,
        only_own=True,
    )
    rows = [
        _row(child, categories, below, is_inner=is_inner)
        for child, is_inner in children_of(session, place)
    ]
    own = _row(place.unit, categories, mine, is_inner=False, is_own=True)
    if own.total != Tally() or not rows:
        rows.insert(0, own)
    totals = tuple(reduce(add, column) for column in zip(*(row.cells for row in rows), strict=True))
    return Matrix(categories, tuple(rows), totals, reduce(add, totals, Tally()))


def children_of(session: Session, place: Place) -> list[tuple[UnitRef, bool]]:
    """This function will list the units directly under one, and whether they have any below."""
    node = aliased(Node)
    rows = session.execute(
        select(*unit_columns(Unit), is_childless(node))
        .select_from(node)
        .join(Unit, Unit.id == node.unit)
        .where(*current(node, place.plan, place.tree), node.parent == place.unit.id)
        .order_by(node.path)
    )
    return [(UnitRef(*unit), not childless) for *unit, childless in rows]


def categories_of(session: Session, plan: int) -> tuple[str, ...]:
    """This function will list the categories of items, in the order of the plan's forms."""
    rows = session.scalars(
        select(TargetVersion.category)
        .join(Target, Target.id == TargetVersion.target)
        .where(Target.plan == plan)
        .where(TargetVersion.to_version.is_(None), TargetVersion.automatic.is_(None))
        .group_by(TargetVersion.category)
        .order_by(func.min(TargetVersion.position))
    )
    return tuple(rows)


def _row(
    unit: UnitRef,
    categories: tuple[str, ...],
    found: dict[tuple[int, str], Tally],
    *,
    is_inner: bool,
    is_own: bool = False,
) -> MatrixRow:
    cells = tuple(found.get((unit.id, category), Tally()) for category in categories)
    return MatrixRow(unit, is_own, is_inner, cells, reduce(add, cells, Tally()))
