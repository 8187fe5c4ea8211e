"""Marks the automatic target "年度任务确认" of units whose answer may have changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, insert, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment
from shuangyong_core.assignments.queries.confirmed import RULE, automatic_targets
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Plan, TargetReporter
from shuangyong_core.units.models import Unit


def mark_confirmation(
    session: Session, plan: Plan, *, units: Collection[int] | Select[tuple[int]]
) -> None:
    """This function will have the fold count again whether these units have confirmed."""
    rows: Any = (
        select(Assignment.unit, Assignment.target, TargetReporter.round)
        .join(Unit, Unit.id == Assignment.unit)
        .join(TargetReporter, TargetReporter.target == Assignment.target)
        .where(or_(TargetReporter.who == Unit.kind, TargetReporter.who == Unit.code))
        .where(Assignment.target.in_(automatic_targets(plan.id, RULE)))
        .where(Assignment.unit.in_(units))
        .distinct()
    )
    session.execute(insert(Mark).from_select(["unit", "target", "round"], rows))
