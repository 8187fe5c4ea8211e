"""What is due follows the earlier dates that stand above it: the earliest of them counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DUE_ITEM_WAS, DueItem
from shuangyong_core.assignments.queries.item_dates import earliest_due, in_tree
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import LAST_BELOW, Node, Plan


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
        .join(top, and_(below.path >= top.path, below.path <= top.path.concat(LAST_BELOW)))
        .where(*in_tree(top, plan.id), *in_tree(below, plan.id), top.unit.in_(units))
    )
    here = (DueItem.unit.in_(under), DueItem.target.in_(targets), DueItem.round == round_id)
    return move_items(session, *here, at=at)


def move_items(session: Session, *here: ColumnElement[bool], at: datetime) -> int:
    """This function will bring due items to the earliest date above them and mark what moved."""
    due = func.coalesce(earliest_due(), DueItem.first_due)
    moved = and_(DueItem.valid_to.is_(None), DueItem.due <= DueItem.first_due, DueItem.due != due)
    # On time is counted against the due date, so the fold has to look again.
    marks: Any = select(DueItem.unit, DueItem.target, DueItem.round).where(*here, moved)
    session.execute(insert(Mark).from_select(["unit", "target", "round"], marks))
    leave(session, table_of(DueItem), DUE_ITEM_WAS, *here, moved, at=at)
    act = update(DueItem).where(*here, moved).values(due=due, due_version=DueItem.due_version + 1)
    return session.connection().execute(act).rowcount
