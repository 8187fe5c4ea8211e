"""Which units have confirmed their year (年度任务确认): what the automatic rule counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus
from shuangyong_core.plans.models import Target, TargetVersion

RULE = "confirmed"
UNCONFIRMED = (str(HoldStatus.ISSUED), str(HoldStatus.ACKNOWLEDGED))


def confirmed_units(plan_id: int) -> Select[tuple[int]]:
    """This function will select the units asked to confirm that have nothing left to confirm.

    Everything a unit holds is sent on; a unit that holds nothing has received what it reports.
    """
    asked, other = aliased(Assignment), aliased(Assignment)
    mine = and_(other.unit == asked.unit, other.target.in_(_cascaded(plan_id)))
    holds = exists().where(mine, other.hold_status.is_not(None))
    unconfirmed = exists().where(mine, other.hold_status.in_(UNCONFIRMED))
    unread = exists().where(mine, other.report_status == str(ReportStatus.ISSUED))
    return (
        select(asked.unit)
        .where(asked.target.in_(automatic_targets(plan_id, RULE)), ~unconfirmed)
        .where(or_(holds, ~unread), exists().where(mine))
        .distinct()
    )


def automatic_targets(plan_id: int, rule: str) -> Select[tuple[int]]:
    """This function will select the targets of a plan that the product counts by a rule."""
    return _targets(plan_id).where(TargetVersion.automatic == rule)


def _cascaded(plan_id: int) -> Select[tuple[int]]:
    return _targets(plan_id).where(TargetVersion.automatic.is_(None))


def _targets(plan_id: int) -> Select[Any]:
    return (
        select(Target.id)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .where(Target.plan == plan_id, TargetVersion.to_version.is_(None))
    )
