"""豁免 and 暂停: an assignment with all below it is let off; what is not reported yet falls due no
more, the quota stays open and is 未落实 until it is split again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_aside
from shuangyong_core.assignments.models import DueItem, HoldStatus
from shuangyong_core.db import table_of
from shuangyong_core.marks.actions import marking
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import subtree_of

_item = table_of(DueItem).c


def set_aside(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    target: int,
    to: HoldStatus,
    is_kept: ColumnElement[bool],
    actor: Actor,
    at: datetime,
    note: str,
) -> int:
    """This function will let a unit and all below it off a target and give how many items ended.

    `is_kept` tells of a due item that it is reported already: what counts goes on counting.
    """
    units = subtree_of(plan.id, unit)
    ending = and_(_item.target == target, _item.unit.in_(units), _item.valid_to.is_(None), ~is_kept)
    session.execute(marking(select(_item.unit, _item.target, _item.round).where(ending)))
    ended = update(table_of(DueItem)).where(ending).values(valid_to=at)
    count = session.connection().execute(ended).rowcount
    move_aside(session, targets=[target], units=units, to=to, actor=actor, at=at, note=note)
    mark_confirmation(session, plan, units=units)
    return count
