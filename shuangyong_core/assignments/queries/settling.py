"""Until when a holder may decide before its default stands, and whether it does already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.queries.moves import SPLIT
from shuangyong_core.assignments.queries.splits import child_ids
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Plan, PlanStatus, Target

RUNNING = (PlanStatus.ACTIVE.value, PlanStatus.CLOSING.value)


@dataclass(frozen=True, slots=True)
class Settling:
    """Since when the latest proposal below a holder waits, and when a default was let stand."""

    proposed_at: datetime | None
    settled_at: datetime | None


def list_settling_plans(session: Session) -> Sequence[int]:
    """This function will give the running plans: their holders' deadlines may be over."""
    return session.scalars(select(Plan.id).where(Plan.status.in_(RUNNING)).order_by(Plan.id)).all()


def get_settling(session: Session, plan: Plan, *, unit: int) -> Settling:
    """This function will tell how a holder's split stands to its deadline."""
    targets = select(Target.id).where(Target.plan == plan.id)
    proposed = select(func.max(Quota.valid_from)).where(
        Quota.target.in_(targets),
        Quota.unit.in_(child_ids(plan, unit)),
        Quota.valid_to.is_(None),
        Quota.state == "proposed",
    )
    settled = select(func.max(Step.at)).where(
        Step.subject_kind == SPLIT,
        Step.subject_id.in_(targets),
        Step.unit == unit,
        Step.to_status == "automatic",
    )
    return Settling(session.scalar(proposed), session.scalar(settled))
