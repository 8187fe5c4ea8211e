"""Where one looks from: a unit's place in one tree of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Node, Plan
from shuangyong_core.units.models import Tree, Unit

# Longer than any path and greater than any digits under it.
NINES = "9" * 60


class NoPlace(NotFound):
    """The unit is not in the plan's tree."""

    message = "计划里没有这个单位，或者不在您的范围内。"


@dataclass(frozen=True, slots=True, order=True)
class UnitRef:
    """A unit as it is named on a page; ordered by code."""

    code: str
    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in a tree, and whether anything is under it."""

    plan: int
    issuer: int
    tree: str
    unit: UnitRef
    path: str
    depth: int
    is_inner: bool


def place_of(session: Session, plan: int, unit: int, *, tree: Tree = Tree.RESPONSIBILITY) -> Place:
    """This function will find a unit's place in today's tree. Raises NoPlace."""
    node = aliased(Node)
    row = session.execute(
        select(Plan.issuer, *unit_columns(Unit), node.path, node.depth, is_childless(node))
        .join(Plan, Plan.id == node.plan)
        .join(Unit, Unit.id == node.unit)
        .where(node.unit == unit, *current(node, plan, tree))
    ).one_or_none()
    if row is None:
        raise NoPlace
    issuer, code, number, name, kind, path, depth, childless = row
    named = UnitRef(code, number, name, kind)
    return Place(plan, issuer, tree.value, named, path, depth, not childless)


def unit_columns(unit: Any) -> tuple[Any, ...]:
    """This function will give the columns of a UnitRef, in its order."""
    return unit.code, unit.id, unit.name, unit.kind


def current(node: Any, plan: int, tree: str) -> tuple[Any, ...]:
    """This function will keep the nodes of today's edition of one tree."""
    return node.plan == plan, node.tree == str(tree), node.to_edition.is_(None)


def is_under(node: Any, path: Any) -> Any:
    """This function will say that a node is the one at `path` or lies below it."""
    return and_(node.path >= path, node.path <= path + NINES)


def is_childless(node: Any) -> Any:
    """This function will say that a node of today's edition has nothing below it."""
    below = aliased(Node)
    # Not SELECT *: an index alone can answer this.
    return ~(
        select(below.unit)
        .where(
            below.plan == node.plan,
            below.tree == node.tree,
            below.parent == node.unit,
            below.to_edition.is_(None),
        )
        .exists()
    )
