"""What is due from a unit in a round: the items a form shows and a submission must answer."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Indicator, Plan, Target, TargetVersion
from shuangyong_core.reports.rules.required import RequiredFigure


def required_figures(session: Session, unit: int, round_id: int) -> tuple[RequiredFigure, ...]:
    """This function will list what a unit must report in a round, in the order of the form."""
    rows = session.execute(
        select(
            Target.id,
            Target.code,
            TargetVersion.title,
            TargetVersion.on_behalf_of,
            Plan.year,
            Indicator,
        )
        .select_from(DueItem)
        .join(Target, Target.id == DueItem.target)
        .join(
            TargetVersion,
            (TargetVersion.target == Target.id) & TargetVersion.to_version.is_(None),
        )
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Plan, Plan.id == Target.plan)
        .where(
            DueItem.unit == unit,
            DueItem.round == round_id,
            DueItem.valid_to.is_(None),
            TargetVersion.automatic.is_(None),
        )
        .order_by(TargetVersion.position, Target.code)
    )
    return tuple(_required(row._mapping) for row in rows)


def _required(row: RowMapping) -> RequiredFigure:
    indicator: Indicator = row["Indicator"]
    parts: Mapping[str, list[str]] = indicator.parts or {}
    return RequiredFigure(
        target=row["id"],
        code=row["code"],
        title=row["title"],
        indicator=indicator.id,
        kind=indicator.kind,
        display_unit=indicator.display_unit,
        decimals=indicator.decimals,
        over_units=indicator.over_units,
        count_parts=tuple(parts.get("count", ())),
        tick_parts=tuple(parts.get("tick", ())),
        year=row["year"],
        is_on_behalf=row["on_behalf_of"] is not None,
    )
