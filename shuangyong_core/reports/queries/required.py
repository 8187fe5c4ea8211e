"""What is due from a unit in a round: the items a form shows and a submission must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, and_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem, Quota
from shuangyong_core.plans.models import Indicator, Plan, Target, TargetVersion
from shuangyong_core.reports.rules.required import RequiredFigure


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached; a number is the unit's own, a ratio the target's."""

    kind: str  # total | each | ratio | done | none
    per: str  # year | due
    numerator: int | None
    denominator: int | None
    note: str  # 示例


@dataclass(frozen=True, slots=True)
class DueFigure:
    """A required figure with what a form and a reviewer see beside it."""

    required: RequiredFigure
    category: str
    source: str
    due: date
    done_by: date
    over_time: str
    goal: Goal
    evidence: Mapping[str, Any]


def required_figures(session: Session, unit: int, round_id: int) -> tuple[RequiredFigure, ...]:
    """This function will list what a unit must report in a round, in the order of the form."""
    return tuple(item.required for item in due_figures(session, unit, round_id))


def due_figures(session: Session, unit: int, round_id: int) -> tuple[DueFigure, ...]:
    """This function will list what is due from a unit in a round, with goals and dates."""
    rows = session.execute(_due(unit, round_id)).mappings()
    return tuple(_figure(row) for row in rows)


def _due(unit: int, round_id: int) -> Select[Any]:
    here = (DueItem.unit == unit, DueItem.round == round_id, DueItem.valid_to.is_(None))
    version = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    quota = and_(Quota.target == Target.id, Quota.unit == unit, Quota.valid_to.is_(None))
    columns: tuple[Any, ...] = (
        Target.code, TargetVersion, Indicator, Plan.year, DueItem.due, DueItem.done_by, Quota.own,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(DueItem)
        .join(Target, Target.id == DueItem.target)
        .join(TargetVersion, version)
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Plan, Plan.id == Target.plan)
        .outerjoin(Quota, quota)
        .where(*here, TargetVersion.automatic.is_(None))
        .order_by(TargetVersion.position, Target.code)
    )


def _figure(row: RowMapping) -> DueFigure:
    content: TargetVersion = row["TargetVersion"]
    return DueFigure(
        required=_required(row),
        category=content.category,
        source=content.source,
        due=row["due"],
        done_by=row["done_by"],
        over_time=row["Indicator"].over_time,
        goal=_goal(content, own=row["own"]),
        evidence=content.evidence,
    )


def _required(row: RowMapping) -> RequiredFigure:
    indicator: Indicator = row["Indicator"]
    content: TargetVersion = row["TargetVersion"]
    parts: Mapping[str, list[str]] = indicator.parts or {}
    return RequiredFigure(
        target=content.target,
        code=row["code"],
        title=content.title,
        indicator=indicator.id,
        kind=indicator.kind,
        display_unit=indicator.display_unit,
        decimals=indicator.decimals,
        over_units=indicator.over_units,
        count_parts=tuple(parts.get("count", ())),
        tick_parts=tuple(parts.get("tick", ())),
        hint=indicator.hint,
        year=row["year"],
        is_on_behalf=content.on_behalf_of is not None,
    )


def _goal(content: TargetVersion, *, own: int | None) -> Goal:
    is_ratio = content.goal_kind == "ratio"
    return Goal(
        kind=content.goal_kind,
        per=content.per,
        numerator=content.goal if is_ratio else own,
        denominator=content.goal_den if is_ratio else None,
        note=content.goal_note,
    )
