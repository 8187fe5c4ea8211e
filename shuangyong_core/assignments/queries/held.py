"""What a unit has on its table, as rows of ids and statuses: the ground its acts stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, HoldStatus
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan, Target, TargetVersion


class NothingAssigned(NotFound):
    """The unit has no such assignment, or it is not yours to see."""

    message = "本单位没有这项任务，或者不在您的范围内。"
    code = "nothing_assigned"


def list_held(
    session: Session, plan: Plan, *, unit: int, target: int | None = None
) -> Sequence[Assignment]:
    """This function will give a unit's assignments but the automatic ones; or NothingAssigned."""
    found = (
        select(Assignment)
        .join(Target, Target.id == Assignment.target)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .where(Target.plan == plan.id, Assignment.unit == unit)
        .where(TargetVersion.to_version.is_(None), TargetVersion.automatic.is_(None))
        .order_by(TargetVersion.position)
        .execution_options(populate_existing=True)
    )
    if target is not None:
        found = found.where(Assignment.target == target)
    held = session.scalars(found).all()
    if not held:
        raise NothingAssigned()
    return held


def status_of(assignment: Any) -> ColumnElement[str | None]:
    """This function will give `status_now` of an assignment, or of its alias, to a statement."""
    hold, report = assignment.hold_status, assignment.report_status
    is_taken_back = and_(hold == str(HoldStatus.WITHDRAWN), report.is_not(None))
    return case((is_taken_back, report), else_=func.coalesce(hold, report))


def lock_held(session: Session, plan: Plan, *, unit: int) -> None:
    """This function will wait for who else is at a unit's assignments; what follows sees it all."""
    targets = select(Target.id).where(Target.plan == plan.id)
    rows = select(Assignment.target).where(Assignment.unit == unit, Assignment.target.in_(targets))
    session.execute(rows.order_by(Assignment.target).with_for_update()).all()
