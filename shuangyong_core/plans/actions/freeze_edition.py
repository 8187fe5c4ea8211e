"""Freezes the units under a plan's issuer as edition 1: both trees, level by level, set-based."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from typing import cast as cast_to

from sqlalchemy import (
    CursorResult,
    Select,
    String,
    and_,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import LEVEL, Edition, Node, Plan, PlanVersion
from shuangyong_core.units.models import Tree, Unit, UnitLink

FIRST = 1
ROOT_PATH = "1".zfill(LEVEL)
COLUMNS = ["plan", "tree", "unit", "from_edition", "parent", "depth", "path"]


def freeze_edition(session: Session, plan: Plan, *, at: datetime) -> None:
    """This function will write edition 1 and its nodes once; a second call changes nothing.

    The territory tree holds the same units as the responsibility tree: one that sits in a
    unit outside the plan hangs under the issuer, so the two roots agree.
    """
    if session.get(Edition, (plan.id, FIRST)) is not None:
        return
    edition = {"plan": plan.id, "no": FIRST, "effective": shanghai_date(at), "applied_at": at}
    session.execute(insert(Edition).values(edition))
    session.execute(insert(PlanVersion).values({**edition, "diff": {}}))
    for tree in (Tree.RESPONSIBILITY, Tree.TERRITORY):
        session.execute(insert(Node).values(_root(plan, tree)))
        depth = 0
        while _write_level(session, plan, tree=tree, depth=depth) > 0:
            depth += 1
            _analyse(session)


def _root(plan: Plan, tree: Tree) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "tree": tree.value,
        "unit": plan.issuer,
        "from_edition": FIRST,
        "depth": 0,
        "path": ROOT_PATH,
    }


def _write_level(session: Session, plan: Plan, *, tree: Tree, depth: int) -> int:
    links = _links(plan, tree=tree, depth=depth).subquery()
    place = func.row_number().over(partition_by=links.c.parent, order_by=Unit.code)
    # 100000 + n without its first digit is n in five digits, in both databases.
    step = func.substr(cast(place + 10**LEVEL, String), 2, LEVEL)
    level = select(
        literal(plan.id),
        literal(tree.value),
        links.c.unit,
        literal(FIRST),
        links.c.parent,
        literal(depth + 1),
        links.c.path.concat(step),
    ).join(Unit, Unit.id == links.c.unit)
    written = session.execute(
        insert(Node).from_select(COLUMNS, level, include_defaults=False),
        execution_options={"preserve_rowcount": True},  # psycopg's count of an INSERT is else lost
    )
    return int(cast_to(CursorResult[Any], written).rowcount)


def _links(plan: Plan, *, tree: Tree, depth: int) -> Select[tuple[Any, ...]]:
    """The units one level further down, each with its parent and the parent's path."""
    above = aliased(Node)
    below: Select[tuple[Any, ...]] = (
        select(UnitLink.unit, UnitLink.parent, above.path)
        .join(above, and_(above.unit == UnitLink.parent, *_frozen(above, plan, tree)))
        .where(above.depth == depth, UnitLink.unit != plan.issuer, *_stands(tree))
    )
    if tree is Tree.RESPONSIBILITY:
        return below
    held = aliased(Node)
    below = below.join(
        held, and_(held.unit == UnitLink.unit, *_frozen(held, plan, Tree.RESPONSIBILITY))
    )
    if depth > 0:
        return below
    both = union_all(below, _sitting_outside(plan)).subquery()
    whole: Select[tuple[Any, ...]] = select(both.c.unit, both.c.parent, both.c.path)
    return whole


def _sitting_outside(plan: Plan) -> Select[tuple[Any, ...]]:
    held, site = aliased(Node), aliased(Node)
    link = and_(UnitLink.unit == held.unit, *_stands(Tree.TERRITORY))
    inside = and_(site.unit == UnitLink.parent, *_frozen(site, plan, Tree.RESPONSIBILITY))
    found: Select[tuple[Any, ...]] = (
        select(held.unit, literal(plan.issuer).label("parent"), literal(ROOT_PATH).label("path"))
        .join(UnitLink, link, isouter=True)
        .join(site, inside, isouter=True)
        .where(
            *_frozen(held, plan, Tree.RESPONSIBILITY),
            held.unit != plan.issuer,
            site.unit.is_(None),
        )
    )
    return found


def _frozen(node: type[Node], plan: Plan, tree: Tree) -> tuple[ColumnElement[bool], ...]:
    return (node.plan == plan.id, node.tree == tree.value, node.from_edition == FIRST)


def _stands(tree: Tree) -> tuple[ColumnElement[bool], ...]:
    # The links of today, as the check of the plan saw them: those that have not ended.
    return (UnitLink.tree == tree.value, UnitLink.valid_to.is_(None))


def _analyse(session: Session) -> None:
    # Without it PostgreSQL plans the next level as if the table were still empty.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE node"))
