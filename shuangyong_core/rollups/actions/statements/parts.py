"""What a node's cell is made of: its own state, the states of its leaves, its children's cells."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    exists,
    literal,
    select,
    union_all,
)

from shuangyong_core.plans.models import Indicator, Node, Target
from shuangyong_core.plans.queries.tree import has_children
from shuangyong_core.rollups.actions.statements.dirty import is_dirty_leaf
from shuangyong_core.rollups.actions.statements.leaves import Expression
from shuangyong_core.rollups.actions.statements.tables import (
    DEPTH,
    DIRTY_CELL,
    PLANS,
    TREE,
    VALUES,
    Grain,
)
from shuangyong_core.rollups.models import COUNTS


def parts_of(grain: Grain, operators: ColumnElement[bool]) -> Subquery:
    """This function will give a row for each part of the cells at one depth of one tree.

    Only targets whose values are added in these ways: what is ranked or counted by key is less.
    """
    node = Node.__table__.alias("node_above")
    child = Node.__table__.alias("node_below")
    wanted = (
        node.c.tree == TREE,
        node.c.depth == DEPTH,
        node.c.to_edition.is_(None),
        node.c.plan.in_(PLANS),
    )
    under = and_(
        child.c.plan == node.c.plan,
        child.c.tree == node.c.tree,
        child.c.parent == node.c.unit,
        child.c.to_edition.is_(None),
    )
    below = node.join(child, under)
    reads = []
    for layer in grain.layers:
        own = _read(grain, layer.leaf, node, node, node, is_own=1).where(has_children(node))
        leaves = _read(grain, layer.leaf, below, node, child, is_own=0)
        inner = _read(grain, layer.cell, below, node, child, is_own=0)
        parts = (
            (own, layer.leaf),
            (leaves.where(~has_children(child)), layer.leaf),
            (inner.where(layer.cell.c.tree == TREE), layer.cell),
        )
        for part, table in parts:
            read = part.where(*wanted, operators)
            if grain.under is not None:
                read = _only_dirty(read, grain, table, node)
            if layer is grain.under:
                read = read.where(_is_old(layer, table))
            reads.append(read)
    return union_all(*reads).subquery("part")


def _is_old(under: Grain, table: Table) -> ColumnElement[bool]:
    """What is dirty is read where it has just been built."""
    if table is under.leaf:
        return ~is_dirty_leaf(table, "unit", *under.keys)
    dirty = DIRTY_CELL.c
    same = (dirty[name] == table.c[name] for name in ("unit", *under.keys))
    return ~exists().where(dirty.tree == TREE, dirty.depth == DEPTH + 1, *same)


def _read(
    grain: Grain,
    table: Table,
    source: FromClause,
    node: FromClause,
    holder: FromClause,
    *,
    is_own: int,
) -> Select[Any]:
    in_plan = and_(Target.id == table.c.target, Target.plan == node.c.plan)
    columns: list[Expression] = [table.c[name] for name in (*grain.keys, *COUNTS, *VALUES)]
    return (
        select(node.c.plan, node.c.path, node.c.unit, literal(is_own).label("is_own"), *columns)
        .add_columns(Indicator.over_units)
        .select_from(source.join(table, table.c.unit == holder.c.unit))
        .join(Target, in_plan)
        .join(Indicator, Indicator.id == Target.indicator)
    )


def _only_dirty(part: Select[Any], grain: Grain, table: Table, node: FromClause) -> Select[Any]:
    dirty = DIRTY_CELL.c
    names = ("unit", *grain.keys)
    keys = (
        select(*(dirty[name] for name in names))
        .where(dirty.tree == TREE, dirty.depth == DEPTH)
        .distinct()
        .subquery("dirty")
    )
    same = [keys.c[name] == table.c[name] for name in grain.keys]
    return part.join(keys, and_(keys.c.unit == node.c.unit, *same))
