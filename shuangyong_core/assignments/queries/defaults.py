"""What the product proposed for each child before anybody changed it (默认方案)."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.splits import child_ids
from shuangyong_core.plans.models import Plan, Target

# By the rule of the plan: at the launch, when a superior changed a total, by an amendment.
PROPOSED = ("default", "amended")


def list_defaults(session: Session, plan: Plan, *, unit: int) -> dict[tuple[int, int], int]:
    """This function will give (target, child) the latest value that was proposed."""
    newer = aliased(Quota)
    latest = (
        select(func.max(newer.valid_from))
        .where(newer.target == Quota.target, newer.unit == Quota.unit)
        .where(newer.source.in_(PROPOSED))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Quota.target, Quota.unit, Quota.held)
        .join(Target, and_(Target.id == Quota.target, Target.plan == plan.id))
        .where(Quota.unit.in_(child_ids(plan, unit)), Quota.valid_from == latest)
    )
    return {(target, child): held for target, child, held in rows}
