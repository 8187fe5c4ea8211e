"""单位 × 类别: what is reported of what is due, for each unit under one and each category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from sqlalchemy.orm import Session

from shuangyong_core.rollups.queries.look import Look, added, named
from shuangyong_core.rollups.queries.place import UnitRef
from shuangyong_core.rollups.queries.states import State
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree


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
    return matrix_of(Look(session, plan, unit, today=today, tree=tree), round=round)


def matrix_of(look: Look, *, round: int | None) -> Matrix:
    """This function will count the items of a look by child and category."""
    rows = look.targets.values()
    categories = tuple(dict.fromkeys(row.category for row in rows if row.automatic is None))

    def counted(states: Iterable[State]) -> dict[tuple[int, str], Tally]:
        owed = look.owed(states, round=round)
        return added(owed, lambda one: (one.unit, look.targets[one.target].category))

    below = counted(look.beneath)
    mine = counted(one for one in look.here if one.is_own)
    found = [
        _row(named(row), categories, below, is_inner=not row.is_childless) for row in look.children
    ]
    own = _row(look.place.unit, categories, mine, is_inner=False, is_own=True)
    if own.total != Tally() or not found:
        found.insert(0, own)
    totals = tuple(
        reduce(add, column) for column in zip(*(row.cells for row in found), strict=True)
    )
    return Matrix(categories, tuple(found), totals, reduce(add, totals, Tally()))


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
