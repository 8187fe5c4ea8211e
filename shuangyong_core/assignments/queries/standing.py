"""What units have to do in a plan as it stands: duties, open quotas, items of rounds not over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, DueItem, Quota
from shuangyong_core.assignments.rules.statuses import HOLD_ASIDE, REPORT_ASIDE, HoldStatus
from shuangyong_core.plans.models import Round, Target
from shuangyong_core.units.successions import in_parts

Pair = tuple[int, int]  # unit, target
# One that was withdrawn has nothing to do with the target, as if it never had.
GONE = (None, str(HoldStatus.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Duty:
    """A target at a unit: what it does with it, if it does anything now."""

    holds: bool
    reports: bool
    is_aside: bool


@dataclass(frozen=True, slots=True)
class OpenQuota:
    """What a unit holds of a target now, and since when."""

    held: int
    own: int
    reason: str
    state: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a round that is not over."""

    unit: int
    target: int
    round: int
    done_by: date
    first_due: date
    due: date
    is_backfill: bool
    is_open: bool


def duties_of(session: Session, plan: int, units: Collection[int]) -> dict[Pair, Duty]:
    """This function will give what these units have to do in a plan.

    What was taken back from a unit is not told: it may be given as if it had never had it.
    """
    found = {}
    for some in in_parts(set(units)):
        rows = (
            select(Assignment.unit, Assignment.target)
            .add_columns(Assignment.hold_status, Assignment.report_status)
            .where(Assignment.unit.in_(some), Assignment.target.in_(_targets(plan)))
        )
        for unit, target, hold, report in session.execute(rows):
            duty = _duty(hold, report)
            if duty is not None:
                found[unit, target] = duty
    return found


def _duty(hold: str | None, report: str | None) -> Duty | None:
    holds, reports = hold not in GONE, report not in GONE
    if not (holds or reports):
        return None
    is_aside = (not holds or hold in HOLD_ASIDE) and (not reports or report in REPORT_ASIDE)
    return Duty(holds, reports, is_aside)


def quotas_of(session: Session, plan: int, units: Collection[int]) -> dict[Pair, OpenQuota]:
    """This function will give what these units hold of a plan's targets."""
    found = {}
    for some in in_parts(set(units)):
        rows = (
            select(Quota.unit, Quota.target, Quota.held, Quota.own, Quota.reason, Quota.state)
            .add_columns(Quota.valid_from)
            .where(Quota.unit.in_(some), Quota.target.in_(_targets(plan)))
            .where(Quota.valid_to.is_(None))
        )
        for unit, target, *quota in session.execute(rows):
            found[unit, target] = OpenQuota(*quota)
    return found


def items_of(session: Session, plan: int, units: Collection[int], *, today: date) -> list[ItemRow]:
    """This function will list the items of these units in the plan's rounds that are not over."""
    found = []
    for some in in_parts(set(units)):
        rows = (
            select(DueItem.unit, DueItem.target, DueItem.round, DueItem.done_by)
            .add_columns(DueItem.first_due, DueItem.due, DueItem.is_backfill)
            .add_columns(DueItem.valid_to.is_(None))
            .join(Round, Round.id == DueItem.round)
            .where(Round.plan == plan, Round.locks_on >= today, DueItem.unit.in_(some))
            .order_by(DueItem.unit, DueItem.target, DueItem.round)
        )
        found += [ItemRow(*row) for row in session.execute(rows)]
    return found


def _targets(plan: int) -> Select[tuple[int]]:
    return select(Target.id).where(Target.plan == plan)
