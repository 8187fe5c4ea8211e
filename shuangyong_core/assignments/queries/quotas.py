"""What the units directly under one hold of a target, and what it keeps for itself."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.splits import child_ids
from shuangyong_core.plans.models import Plan


def quotas_under(
    session: Session, plan: Plan, *, unit: int, target: int
) -> dict[int, tuple[int, int]]:
    """This function will give (held, own) of a unit and of its children that have a quota."""
    rows = session.execute(
        select(Quota.unit, Quota.held, Quota.own)
        .where(Quota.target == target, Quota.valid_to.is_(None))
        .where(or_(Quota.unit == unit, Quota.unit.in_(child_ids(plan, unit))))
    )
    return {unit_id: (held, own) for unit_id, held, own in rows}
