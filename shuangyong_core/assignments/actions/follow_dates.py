"""What is due follows the earlier dates that stand above it: the earliest of them counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DUE_ITEM_WAS, ChildDate, DueItem
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Node, Plan, Target
from shuangyong_core.plans.queries.authority import AFTER_ALL_PATHS
from shuangyong_core.units.models import Tree


def follow_dates(
    session: Session,
    plan: Plan,
    *,
    units: Collection[int],
    targets: Collection[int],
    round_id: int,
    at: datetime,
) -> int:
    """This function will bring the due items of some units and below to their dates.

    The first due date stays, an item that was granted a later one keeps it. Gives how many moved.
    """
    top, below = aliased(Node), aliased(Node)
    under = (
        select(below.unit)
        .join(top, and_(below.path >= top.path, below.path < top.path.concat(AFTER_ALL_PATHS)))
        .where(*_today(top, plan.id), *_today(below, plan.id), top.unit.in_(units))
    )
    here = (DueItem.unit.in_(under), DueItem.target.in_(targets), DueItem.round == round_id)
    return move_items(session, *here, at=at)


def move_items(session: Session, *here: ColumnElement[bool], at: datetime) -> int:
    """This function will bring due items to the earliest date above them and mark what moved."""
    due = earliest_due()
    moved = and_(DueItem.valid_to.is_(None), DueItem.due <= DueItem.first_due, DueItem.due != due)
    # On time is counted against the due date, so the fold has to look again.
    marks: Any = select(DueItem.unit, DueItem.target, DueItem.round).where(*here, moved)
    session.execute(insert(Mark).from_select(["unit", "target", "round"], marks))
    leave(session, table_of(DueItem), DUE_ITEM_WAS, *here, moved, at=at)
    act = update(DueItem).where(*here, moved).values(due=due, due_version=DueItem.due_version + 1)
    return session.connection().execute(act).rowcount


def earliest_due() -> Any:
    """This function will give the earliest date that stands above an item, or its first."""
    above, place = aliased(Node), aliased(Node)
    earliest = (
        select(func.min(ChildDate.due))
        .select_from(ChildDate)
        .join(Target, Target.id == ChildDate.target)
        .join(above, and_(above.unit == ChildDate.unit, *_today(above, Target.plan)))
        .join(place, and_(place.unit == DueItem.unit, *_today(place, Target.plan)))
        .where(ChildDate.target == DueItem.target, ChildDate.round == DueItem.round)
        .where(ChildDate.valid_to.is_(None), ChildDate.due < DueItem.first_due)
        .where(place.path.startswith(above.path))
        .correlate(DueItem)
        .scalar_subquery()
    )
    return func.coalesce(earliest, DueItem.first_due)


def _today(node: Any, plan: Any) -> list[ColumnElement[bool]]:
    tree = node.tree == str(Tree.RESPONSIBILITY)
    return [node.plan == plan, tree, node.to_edition.is_(None)]
