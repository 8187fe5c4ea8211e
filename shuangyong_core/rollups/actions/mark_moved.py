"""Marks what a change of units moves: the cells above, and nothing inside what moved as a whole."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from shuangyong_core.marks.actions import marking
from shuangyong_core.plans.models import LAST_BELOW, Node, Target
from shuangyong_core.plans.queries.places import places_of
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.units.models import Tree


def mark_moved(
    session: Session, plan: int, *, tree: Tree, unit: int, under: Collection[int]
) -> None:
    """This function will mark a moved unit and its superiors of before and of now.

    They are marked in every (target, round) that lies in the unit's subtree: from there the fold
    climbs to the root in both trees. The cells inside the subtree stay as they are.
    """
    path = places_of(session, plan, (unit,), tree=tree)[unit].path
    inside = (
        select(LeafState.target, LeafState.round)
        .join(Node, Node.unit == LeafState.unit)
        .where(Node.plan == plan, Node.tree == tree.value, Node.to_edition.is_(None))
        .where(Node.path >= path, Node.path <= path + LAST_BELOW, *_in_plan(plan))
        .distinct()
        .subquery("inside")
    )
    for marked in (unit, *under):
        cells: Select[Any] = select(literal(marked), inside.c.target, inside.c.round)
        session.execute(marking(cells))


def mark_own(session: Session, plan: int, units: Collection[int]) -> None:
    """This function will mark the own states of units: those that have something below them now."""
    cells = select(LeafState.unit, LeafState.target, LeafState.round).where(
        LeafState.unit.in_(sorted(units)), *_in_plan(plan)
    )
    session.execute(marking(cells))


def _in_plan(plan: int) -> tuple[Any, ...]:
    return (LeafState.target.in_(select(Target.id).where(Target.plan == plan)),)
