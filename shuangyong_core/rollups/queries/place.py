"""Where one looks from: a unit's place in one tree of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Select, String, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import LAST_BELOW, Node, Plan
from shuangyong_core.plans.queries.tree import has_children
from shuangyong_core.units.models import Tree, Unit

# Statements are built once and asked with these: building costs more than running.
IN_PLAN = bindparam("in_plan", type_=BigInteger())
IN_TREE = bindparam("in_tree", type_=String(16))
AT_UNIT = bindparam("at_unit", type_=BigInteger())
FROM_PATH = bindparam("from_path", type_=String())
TO_PATH = bindparam("to_path", type_=String())

NODE, UNIT = Node.__table__, Unit.__table__


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
    parent: int | None
    depth: int
    is_inner: bool

    @property
    def asked(self) -> dict[str, Any]:
        """The place, as statements are asked for it."""
        return {
            "in_plan": self.plan,
            "in_tree": self.tree,
            "at_unit": self.unit.id,
            "from_path": self.path,
            "to_path": self.path + LAST_BELOW,
        }


def place_of(session: Session, plan: int, unit: int, *, tree: Tree = Tree.RESPONSIBILITY) -> Place:
    """This function will find a unit's place in today's tree. Raises NoPlace."""
    asked = {"in_plan": plan, "in_tree": tree.value, "at_unit": unit}
    row = session.execute(_place(), asked).one_or_none()
    if row is None:
        raise NoPlace
    issuer, code, number, name, kind, path, parent, depth, childless = row
    named = UnitRef(code, number, name, kind)
    return Place(plan, issuer, tree.value, named, path, parent, depth, not childless)


@cache
def _place() -> Select[Any]:
    plan = Plan.__table__
    return (
        select(plan.c.issuer, *unit_columns(UNIT.c), NODE.c.path, NODE.c.parent, NODE.c.depth)
        .add_columns(~has_children(NODE))
        .select_from(NODE.join(plan, plan.c.id == NODE.c.plan).join(UNIT, UNIT.c.id == NODE.c.unit))
        .where(NODE.c.unit == AT_UNIT, *current(NODE))
    )


def unit_columns(unit: Any) -> tuple[Any, ...]:
    """This function will give the columns of a UnitRef, in its order."""
    return unit.code, unit.id, unit.name, unit.kind


def current(node: Any, tree: Any = IN_TREE) -> tuple[Any, ...]:
    """This function will keep the nodes of today's edition of one tree."""
    return node.c.plan == IN_PLAN, node.c.tree == tree, node.c.to_edition.is_(None)


def in_edition(node: Any, edition: Any, tree: Any = IN_TREE) -> tuple[Any, ...]:
    """This function will keep the nodes of one edition of one tree."""
    ended = or_(node.c.to_edition.is_(None), node.c.to_edition > edition)
    return node.c.plan == IN_PLAN, node.c.tree == tree, node.c.from_edition <= edition, ended


def is_under(node: Any) -> Any:
    """This function will say that a node is the place's own or lies below it."""
    return and_(node.c.path >= FROM_PATH, node.c.path <= TO_PATH)
