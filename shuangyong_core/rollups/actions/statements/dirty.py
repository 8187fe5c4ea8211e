"""Which keys a fold must build anew: the marked leaves, and every cell above them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    Insert,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    tuple_,
)

from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import LEVEL, Node, Target
from shuangyong_core.rollups.actions.statements.tables import (
    DEPTH,
    DIRTY_CELL,
    DIRTY_LEAF,
    MARKED,
    PLANS,
    Tables,
)
from shuangyong_core.units.models import UnitSuccession


def take_marks() -> Insert:
    """This function will note exactly the marks that are there now; later ones wait."""
    return insert(MARKED).from_select(
        ["id", "unit", "target", "round"], select(Mark.id, Mark.unit, Mark.target, Mark.round)
    )


def drop_marks() -> Delete:
    """This function will delete exactly the marks that were taken."""
    return delete(Mark).where(Mark.id.in_(select(MARKED.c.id)))


def dirty_leaves() -> Insert:
    """This function will name the leaves of the taken marks, each once."""
    marked = select(MARKED.c.unit, MARKED.c.target, MARKED.c.round).distinct()
    return insert(DIRTY_LEAF).from_select(["unit", "target", "round"], marked)


@cache
def dirty_predecessors() -> Insert:
    """This function will name with each leaf the units it goes on for: their year hangs on it."""
    heirs = select(DIRTY_LEAF.c.unit, DIRTY_LEAF.c.target, DIRTY_LEAF.c.round).cte(
        "heir", recursive=True
    )
    succession = UnitSuccession.__table__.c
    before = select(succession.old, heirs.c.target, heirs.c.round).where(
        succession.new == heirs.c.unit
    )
    line = heirs.union(before)
    known = (DIRTY_LEAF.c.unit == line.c.unit, DIRTY_LEAF.c.target == line.c.target,
             DIRTY_LEAF.c.round == line.c.round)  # fmt: skip
    fresh = select(line.c.unit, line.c.target, line.c.round).where(
        ~select(DIRTY_LEAF.c.unit).where(*known).exists()
    )
    return insert(DIRTY_LEAF).from_select(["unit", "target", "round"], fresh)


@cache
def dirty_cells() -> Insert:
    """This function will name the cells of one depth, in both trees, that stand over the leaves."""
    below = Node.__table__.alias("node_below")
    above = Node.__table__.alias("node_above")
    held = and_(below.c.unit == DIRTY_LEAF.c.unit, below.c.plan == Target.plan,
                below.c.to_edition.is_(None), below.c.depth >= DEPTH)  # fmt: skip
    over = and_(
        above.c.plan == below.c.plan,
        above.c.tree == below.c.tree,
        above.c.path == func.substr(below.c.path, 1, LEVEL * (DEPTH + 1)),
        above.c.to_edition.is_(None),
    )
    keys = (
        select(above.c.tree, above.c.depth, above.c.unit, DIRTY_LEAF.c.target, DIRTY_LEAF.c.round)
        .select_from(DIRTY_LEAF)
        .join(Target, Target.id == DIRTY_LEAF.c.target)
        .join(below, held)
        .join(above, over)
        .distinct()
    )
    return insert(DIRTY_CELL).from_select(["tree", "depth", "unit", "target", "round"], keys)


@cache
def forget(tables: Tables) -> list[Delete]:
    """This function will delete what is about to be built anew: all of the plans."""
    targets = select(Target.id).where(Target.plan.in_(PLANS))
    return [delete(table).where(table.c.target.in_(targets)) for table in tables.each]


def is_dirty_leaf(table: FromClause, *names: str) -> ColumnElement[bool]:
    """This function will say that a row stands for a leaf, or a leaf's year, that is dirty."""
    return exists().where(*(DIRTY_LEAF.c[name] == table.c[name] for name in names))


def only_dirty(statement: Select[Any], tables: Tables, table: FromClause) -> Select[Any]:
    """This function will keep the dirty keys alone, or leave the statement as it is."""
    if not tables.only_dirty:
        return statement
    keys = ("target", "unit", "round")
    wanted = select(*(DIRTY_LEAF.c[name] for name in keys))
    return statement.where(tuple_(*(table.c[name] for name in keys)).in_(wanted))
