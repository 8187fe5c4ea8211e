"""The states of nodes: cells where something is below, leaf states where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import null, select, union_all
from sqlalchemy.orm import aliased

from shuangyong_core.plans.models import Node, Target
from shuangyong_core.rollups.models import Cell, CellYtd, LeafState, LeafYtd
from shuangyong_core.rollups.queries.place import current, is_childless

COUNTS = (
    "expected",
    "reported",
    "accepted",
    "pending",
    "returned",
    "reviewing",
    "on_time",
    "not_involved",
)
VALUES = ("numerator", "denominator", "as_of")
WITHIN = ("within_numerator", "within_denominator")
Nodes = Callable[[Any], Any]  # which nodes: a condition on a node


def states_of(
    plan: int, tree: str, which: Nodes, *, in_year: bool = False, only_own: bool = False
) -> Any:
    """This function will select the states of some nodes, of rounds or of the year to date."""
    cell, leaf = (CellYtd, LeafYtd) if in_year else (Cell, LeafState)
    own = _read(plan, tree, which, leaf)
    if only_own:
        return own.subquery("state")
    node = aliased(Node)
    cells = (
        select(*_columns(node, cell), *(getattr(cell, name) for name in WITHIN))
        .select_from(node)
        .join(cell, (cell.unit == node.unit) & (cell.tree == node.tree))
        .join(Target, (Target.id == cell.target) & (Target.plan == node.plan))
        .where(*current(node, plan, tree), which(node))
    )
    childless = _read(plan, tree, which, leaf, childless=True)
    return union_all(cells, childless).subquery("state")


def _read(plan: int, tree: str, which: Nodes, leaf: Any, *, childless: bool = False) -> Any:
    node = aliased(Node)
    statement = (
        select(*_columns(node, leaf), *(null().label(name) for name in WITHIN))
        .select_from(node)
        .join(leaf, leaf.unit == node.unit)
        .join(Target, (Target.id == leaf.target) & (Target.plan == node.plan))
        .where(*current(node, plan, tree), which(node))
    )
    return statement.where(is_childless(node)) if childless else statement


def _columns(node: Any, state: Any) -> list[Any]:
    keys = [name for name in ("target", "round") if hasattr(state, name)]
    return [node.unit, node.parent, *(getattr(state, name) for name in (*keys, *COUNTS, *VALUES))]
