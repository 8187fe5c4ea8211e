"""A unit's place in a plan's trees: its node, the units directly under it, the line above it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Exists, FromClause, Select, select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import LEVEL, Node
from shuangyong_core.units.models import Tree, Unit


class NotInPlan(NotFound):
    """The unit has no place in the plan's tree, or it is not yours to see."""

    message = "计划里没有这个单位，或者不在您的范围内。"
    code = "not_in_plan"


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A unit with its place in a tree."""

    unit: int
    code: str
    name: str
    kind: str
    parent: int | None
    depth: int
    path: str


def get_node(
    session: Session, plan_id: int, unit_id: int, tree: Tree = Tree.RESPONSIBILITY
) -> NodeRow:
    """This function will give a unit's node in today's tree; raises NotInPlan."""
    row = session.execute(_nodes(plan_id, tree).where(Node.unit == unit_id)).one_or_none()
    if row is None:
        raise NotInPlan()
    return NodeRow(*row)


def children_of(
    session: Session, plan_id: int, unit_id: int, tree: Tree = Tree.RESPONSIBILITY
) -> list[NodeRow]:
    """This function will list the units directly under a unit, by code."""
    rows = session.execute(_nodes(plan_id, tree).where(Node.parent == unit_id))
    return [NodeRow(*row) for row in rows]


def line_above(
    session: Session, plan_id: int, unit_id: int, tree: Tree = Tree.RESPONSIBILITY
) -> list[NodeRow]:
    """This function will list a unit and everyone above it, the root first."""
    path = get_node(session, plan_id, unit_id, tree).path
    prefixes = [path[:end] for end in range(LEVEL, len(path) + 1, LEVEL)]
    rows = session.execute(_nodes(plan_id, tree).where(Node.path.in_(prefixes)))
    return [NodeRow(*row) for row in rows]


def has_children(node: FromClause) -> Exists:
    """This function will say that a node of today's edition has another right below it."""
    below = Node.__table__.alias("right_below")
    # Not SELECT *: an index alone can answer this.
    return (
        select(below.c.unit)
        .where(
            below.c.plan == node.c.plan,
            below.c.tree == node.c.tree,
            below.c.parent == node.c.unit,
            below.c.to_edition.is_(None),
        )
        .exists()
    )


def _nodes(plan_id: int, tree: Tree) -> Select[tuple[int, str, str, str, int | None, int, str]]:
    return (
        select(Node.unit, Unit.code, Unit.name, Unit.kind, Node.parent, Node.depth, Node.path)
        .join(Unit, Unit.id == Node.unit)
        .where(Node.plan == plan_id, Node.tree == tree.value, Node.to_edition.is_(None))
        .order_by(Node.path)
    )
