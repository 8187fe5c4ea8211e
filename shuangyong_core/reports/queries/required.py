"""What is due from a unit in a round: the items a form shows and a submission must answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, and_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem, Quota
from shuangyong_core.plans.models import Indicator, Plan, Target, TargetVersion
from shuangyong_core.reports.queries.covered import most_covered
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
    is_backfill: bool = False  # 补录: sent down when the round was over
    also: tuple[str, ...] = ()  # other targets of the same indicator: the figure is theirs too


def due_figures(session: Session, unit: int, round_id: int) -> tuple[DueFigure, ...]:
    """This function will list what is due from a unit in a round, with goals and dates."""
    return due_figures_of(session, [unit], round_id).get(unit, ())


def due_figures_of(
    session: Session, units: Select[tuple[int]] | Sequence[int], round_id: int
) -> dict[int, tuple[DueFigure, ...]]:
    """This function will list what is due from many units in a round; an indicator only once."""
    found: dict[int, dict[int, DueFigure]] = defaultdict(dict)
    for row in session.execute(_due(units, round_id)).mappings():
        asked, figure = found[row["unit"]], _figure(row)
        first = asked.get(figure.required.indicator)
        asked[figure.required.indicator] = _shared(first, figure) if first else figure
    return {unit: tuple(figures.values()) for unit, figures in found.items()}


def _shared(first: DueFigure, other: DueFigure) -> DueFigure:
    """The one field of two targets: it says what else it counts for, and waits if both may."""
    hint = f"{first.required.hint} 同时计入：{other.required.title}。".strip()
    may_wait = first.required.may_wait and other.required.may_wait
    return replace(
        first,
        required=replace(first.required, hint=hint, may_wait=may_wait),
        also=(*first.also, other.required.code),
    )


def _due(units: Select[tuple[int]] | Sequence[int], round_id: int) -> Select[Any]:
    here = (DueItem.unit.in_(units), DueItem.round == round_id, DueItem.valid_to.is_(None))
    version = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    quota = and_(Quota.target == Target.id, Quota.unit == DueItem.unit, Quota.valid_to.is_(None))
    kind = TargetVersion.on_behalf_of
    covered = most_covered(plan=Target.plan, unit=DueItem.unit, kind=kind)  # type: ignore[arg-type]
    columns: tuple[Any, ...] = (
        DueItem.unit, Target.code, TargetVersion, Indicator, Plan.year, DueItem.due,
        DueItem.first_due, DueItem.done_by, DueItem.is_backfill, Quota.own,
        covered.label("most_covered"),
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
        is_backfill=row["is_backfill"],
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
        most_covered=row["most_covered"],
        may_wait=row["due"] > row["first_due"],
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
