"""The figures of targets that an amendment touches: those that count, those that lose a place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from shuangyong_core.amendments.rules.preview import Figures, SetAside
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.guard.numbers import format_scaled, ratio_text
from shuangyong_core.plans.models import Indicator, Plan, Round, Target
from shuangyong_core.reports.models import Acceptance, Figure, Report, Status
from shuangyong_core.rollups.actions.statements.facts import DUE_AND_SENT
from shuangyong_core.units.models import Unit

WAITING = (Status.SUBMITTED.value, Status.CHECKED.value)
ADDED_UP = ("sum", "ratio")


def figures_of(session: Session, plan: Plan) -> dict[str, Figures]:
    """This function will count and add up, by target, the figures that have a place now."""
    counts = (Figure.state == "reported", Acceptance.no.is_not(None))
    value, divisor = (
        func.sum(case((counts[0], one))) for one in (Figure.numerator, Figure.denominator)
    )
    waits = case((Report.status.in_(WAITING) & Acceptance.no.is_(None), 1))
    rows = session.execute(
        select(Target.code, Indicator.over_units, Indicator.over_time, Indicator.decimals)
        .add_columns(func.count(Acceptance.no), value, divisor, func.count(waits))
        .select_from(DUE_AND_SENT)
        .where(Target.plan == plan.id, DueItem.valid_to.is_(None))
        .group_by(Target.code, Indicator.over_units, Indicator.over_time, Indicator.decimals)
    )
    return {
        code: Figures(accepted, _total(units, time, decimals, total, den), pending)
        for code, units, time, decimals, accepted, total, den, pending in rows
    }


def set_aside_at(session: Session, plan: Plan, *, at: datetime) -> list[SetAside]:
    """This function will list the accepted figures whose place ended at an instant."""
    rows = session.execute(
        select(Target.code, Unit.code, Unit.name, Round.code, Indicator, Figure)
        .select_from(DUE_AND_SENT.join(Round, Round.id == DueItem.round))
        .where(Target.plan == plan.id, DueItem.valid_to == at, Figure.state == "reported")
        .order_by(Target.code, Round.code, Unit.code)
    )
    return [
        SetAside(target, unit, name, round_, _written(indicator, figure))
        for target, unit, name, round_, indicator, figure in rows
    ]


def _total(units: str, time: str, decimals: int, total: Any, divisor: Any) -> str | None:
    if units not in ADDED_UP or time != "sum" or total is None:
        return None
    if units == "ratio":
        return f"{ratio_text(int(total), int(divisor or 0))}%"
    return format_scaled(int(total), decimals)


def _written(indicator: Indicator, figure: Figure) -> str:
    if figure.numerator is None:
        return figure.text or "—"
    if indicator.kind == "ratio":
        return f"{figure.numerator}/{figure.denominator}"
    return f"{format_scaled(figure.numerator, indicator.decimals)} {indicator.display_unit}".strip()
