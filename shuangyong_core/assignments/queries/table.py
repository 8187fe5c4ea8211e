"""A unit's table: every assignment with its quota, its due items, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.models import Assignment, DueItem, Quota
from shuangyong_core.assignments.rules.permitted import Permitted, permitted
from shuangyong_core.plans.models import Indicator, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries.authority import may_reach, require_reach


@dataclass(frozen=True, slots=True)
class DueRow:
    """One item due: the round, when to be done, when to be reported."""

    round: str
    title: str
    done_by: date
    first_due: date
    due: date


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One target at a unit; values are scaled by `decimals`."""

    target: int
    code: str
    title: str
    category: str
    heading: int
    automatic: str | None
    goal_kind: str
    goal: int | None
    goal_den: int | None
    per: str
    decimals: int
    display_unit: str
    role: str
    hold_status: str | None
    report_status: str | None
    version: int
    held: int | None
    own: int | None
    state: str | None
    source: str | None
    due_items: tuple[DueRow, ...]
    may: tuple[str, ...]
    may_not: Mapping[str, str]


def list_assignments(
    session: Session, plan: Plan, *, unit: int, actor: Actor
) -> Sequence[AssignmentRow]:
    """This function will list what a unit has, in the order of its forms; raises OutOfReach."""
    require_reach(session, plan, unit, actor)
    manages = may_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    due_items = _due_items(session, plan, unit=unit)
    version = TargetVersion
    found = (
        select(
            Target.id, Target.code, version.title, version.category, version.heading,
            version.automatic, version.goal_kind, version.goal, version.goal_den, version.per,
            Indicator.decimals, Indicator.display_unit, Assignment.role, Assignment.hold_status,
            Assignment.report_status, Assignment.version, Quota.held, Quota.own, Quota.state,
            Quota.source,
        )
        .select_from(Target)
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Assignment, and_(Assignment.target == Target.id, Assignment.unit == unit))
        .outerjoin(Quota, and_(Quota.target == Target.id, Quota.unit == unit,
                               Quota.valid_to.is_(None)))
        .where(Target.plan == plan.id)
        .order_by(version.position)
    )  # fmt: skip
    rows = []
    for row in session.execute(found):
        acts: Permitted = permitted(
            automatic=row.automatic is not None,
            hold_status=row.hold_status,
            report_status=row.report_status,
            has_total=row.goal_kind == "total",
            manages=manages,
        )
        items = tuple(due_items.get(row.id, ()))
        found_row: tuple[Any, ...] = (*row, items, acts.may, acts.may_not)
        rows.append(AssignmentRow(*found_row))
    return rows


def _due_items(session: Session, plan: Plan, *, unit: int) -> dict[int, list[DueRow]]:
    found = (
        select(
            DueItem.target, Round.code, Round.title, DueItem.done_by, DueItem.first_due, DueItem.due
        )
        .join(Round, Round.id == DueItem.round)
        .where(Round.plan == plan.id, DueItem.unit == unit, DueItem.valid_to.is_(None))
        .order_by(DueItem.due, Round.code)
    )
    items: dict[int, list[DueRow]] = {}
    for row in session.execute(found):
        items.setdefault(row.target, []).append(DueRow(*row[1:]))
    return items
