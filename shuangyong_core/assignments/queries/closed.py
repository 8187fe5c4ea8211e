"""What of a unit's items is closed (已办结), there and above it, by whom, and who may undo that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.assignments.models import Assignment, DueItem, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.moves import HOLD, REPORT, Move
from shuangyong_core.marks.models import Step
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


def list_closed(
    session: Session, plan: int, *, unit: int, round: int, line: Sequence[int] = ()
) -> Sequence[Closed]:
    """This function will list what is closed of a unit's items in a round, it and all above:
    the highest first. `line` is those units in that order, where they are known already."""
    line = line or [node.unit for node in line_above(session, plan, unit)]
    due = select(DueItem.target).where(
        DueItem.unit == unit, DueItem.round == round, DueItem.valid_to.is_(None)
    )
    found = (
        select(Assignment.target, Target.code, Unit.id, Unit.name)
        .join(Target, Target.id == Assignment.target)
        .join(Unit, Unit.id == Assignment.unit)
        .where(Target.plan == plan, Assignment.target.in_(due), Assignment.unit.in_(line))
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


def closed_by(session: Session, closed: Sequence[Closed]) -> Mapping[Closed, Move]:
    """This function will tell who closed each of these last, and when."""
    if not closed:
        return {}
    places = {(one.target, one.unit): one for one in closed}
    found = (
        select(Step.subject_id, Step.unit, Step.actor, Step.at, Step.to_status)
        .where(Step.subject_kind.in_((HOLD, REPORT)), Step.to_status == str(HoldStatus.CLOSED))
        .where(tuple_(Step.subject_id, Step.unit).in_(places))
        .order_by(Step.id)
    )
    latest = {(row.subject_id, row.unit): row for row in session.execute(found)}
    names = names_of(session, [row.actor for row in latest.values()])
    return {
        places[place]: Move(row.actor, names[row.actor], row.at, row.to_status)
        for place, row in latest.items()
    }


def is_superior(session: Session, plan: Plan, *, unit: int, actor: Actor) -> bool:
    """This function will say whether an actor closes what a unit has, and may undo it.

    Nobody closes their own, but for the issuer, who has nobody above.
    """
    if actor.is_unlimited or plan.issuer in actor.units_with(Role.ISSUER):
        return True
    above = {node.unit for node in line_above(session, plan.id, unit)} - {unit}
    return bool(actor.units_with(Role.REVIEWER, Role.MANAGER) & above)
