"""What of a unit's items is closed (已办结), there and above it, and who may undo that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Assignment, DueItem, HoldStatus, ReportStatus
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.plans.queries.tree import line_above
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class Closed:
    """A target that is closed at a unit."""

    target: int
    code: str
    unit: int
    unit_name: str


def list_closed(session: Session, plan: Plan, *, unit: int, round: int) -> Sequence[Closed]:
    """This function will list what is closed of a unit's items in a round, it and all above."""
    line = [node.unit for node in line_above(session, plan.id, unit)]
    due = select(DueItem.target).where(
        DueItem.unit == unit, DueItem.round == round, DueItem.valid_to.is_(None)
    )
    found = (
        select(Assignment.target, Target.code, Unit.id, Unit.name)
        .join(Target, Target.id == Assignment.target)
        .join(Unit, Unit.id == Assignment.unit)
        .where(Target.plan == plan.id, Assignment.target.in_(due), Assignment.unit.in_(line))
        .where(
            or_(
                Assignment.hold_status == str(HoldStatus.CLOSED),
                Assignment.report_status == str(ReportStatus.CLOSED),
            )
        )
        .order_by(Target.code)
    )
    rows = [Closed(*row) for row in session.execute(found)]
    return sorted(rows, key=lambda one: line.index(one.unit))


def is_superior(session: Session, plan: Plan, *, unit: int, actor: Actor) -> bool:
    """This function will say whether an actor closes what a unit has, and may undo it.

    Nobody closes their own, but for the issuer, who has nobody above.
    """
    if actor.is_unlimited or plan.issuer in actor.units_with(Role.ISSUER):
        return True
    above = {node.unit for node in line_above(session, plan.id, unit)} - {unit}
    return bool(actor.units_with(Role.REVIEWER, Role.MANAGER) & above)
