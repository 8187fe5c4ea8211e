"""What an amendment changed of what units hold and have not confirmed since: old and new."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Indicator, Plan, Target, TargetVersion
from shuangyong_core.units.models import Unit

AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class AmendedTotal:
    """A total that reads otherwise since an amendment; `was` is empty for a new target."""

    unit: str
    target: int
    code: str
    title: str
    was: str
    becomes: str
    at: datetime

    @property
    def sentence(self) -> str:
        """What changed, as a to-do list says it."""
        return f"{self.code} {self.was} → {self.becomes}" if self.was else f"新增 {self.code}"


def list_amended(session: Session, plan: Plan, *, units: Collection[int]) -> Sequence[AmendedTotal]:
    """This function will list the totals of holders that wait to be confirmed again, by code."""
    was, version = aliased(Quota), TargetVersion
    before = and_(
        was.target == Quota.target, was.unit == Quota.unit, was.valid_to == Quota.valid_from
    )
    rows = session.execute(
        select(Unit.code, Target.id, Target.code, version.title, Indicator.decimals)
        .add_columns(was.held, Quota.held, Quota.valid_from)
        .select_from(Quota)
        .join(Target, Target.id == Quota.target)
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Unit, Unit.id == Quota.unit)
        .join(Assignment, and_(Assignment.target == Quota.target, Assignment.unit == Quota.unit))
        .outerjoin(was, before)
        .where(Target.plan == plan.id, Quota.unit.in_(units), Quota.valid_to.is_(None))
        .where(Quota.source == AMENDED, Assignment.hold_status.in_(MAY_CONFIRM))
        .order_by(Unit.code, version.position)
    )
    return [
        AmendedTotal(
            unit,
            target,
            code,
            title,
            "" if old is None else format_scaled(old, decimals),
            format_scaled(new, decimals),
            at,
        )
        for unit, target, code, title, decimals, old, new, at in rows
    ]
