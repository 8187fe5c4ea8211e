"""延期: items get a later date; the first one is kept, and on time is counted anew."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DUE_ITEM_WAS, DueItem
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.actions import marking

_item = table_of(DueItem).c


def extend_items(
    session: Session, *, unit: int, target: int | None, round: int, until: date, at: datetime
) -> int:
    """This function will move the date of what is due from a unit and give how many items moved."""
    moving = and_(
        _item.unit == unit,
        _item.round == round,
        _item.valid_to.is_(None),
        _item.due < until,
    )
    if target is not None:
        moving = and_(moving, _item.target == target)
    session.execute(marking(select(_item.unit, _item.target, _item.round).where(moving)))
    leave(session, table_of(DueItem), DUE_ITEM_WAS, moving, at=at)
    moved = (
        update(table_of(DueItem)).where(moving).values(due=until, due_version=_item.due_version + 1)
    )
    return session.connection().execute(moved).rowcount
