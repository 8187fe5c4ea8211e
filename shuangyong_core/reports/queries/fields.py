"""What a submission must answer, field by field: looked up for one unit, or for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Indicator, Plan, Target, TargetVersion
from shuangyong_core.reports.queries.covered import most_covered
from shuangyong_core.reports.queries.known import known_in
from shuangyong_core.reports.rules.required import RequiredFigure


def _bare_query(*, many: bool) -> Select[Any]:
    tables = (table_of(kept) for kept in (DueItem, Target, TargetVersion, Indicator, Plan))
    item, target, content, indicator, plan = tables
    of = indicator.c
    covered = most_covered(plan=plan.c.id, unit=item.c.unit, kind=content.c.on_behalf_of)
    each = item.c.unit.in_(bindparam("of_units", expanding=True))
    units = each if many else item.c.unit == bindparam("of_unit")
    asked = (of.id, of.kind, of.display_unit, of.decimals, of.over_units, of.hint, of.parts)
    return (
        select(item.c.unit, target.c.id, target.c.code, content.c.title, content.c.on_behalf_of,
               plan.c.year, item.c.due > item.c.first_due, covered, *asked)
        .select_from(item)
        .join(target, target.c.id == item.c.target)
        .join(content, and_(content.c.target == target.c.id, content.c.to_version.is_(None)))
        .join(indicator, of.id == target.c.indicator)
        .join(plan, plan.c.id == target.c.plan)
        .where(units, item.c.round == bindparam("of_round"))
        .where(item.c.valid_to.is_(None), content.c.automatic.is_(None))
        .order_by(content.c.position, target.c.code)
    )  # fmt: skip


# Built once and past the ORM: every submission asks it.
REQUIRED, REQUIRED_OF_MANY = _bare_query(many=False), _bare_query(many=True)


def _bare(row: Row[Any]) -> RequiredFigure:
    _, target, code, title, on_behalf_of, year, may_wait, covered, indicator, kind, *measure = row
    display_unit, decimals, over_units, hint, parts = measure
    return RequiredFigure(
        target=target,
        code=code,
        title=title,
        indicator=indicator,
        kind=kind,
        display_unit=display_unit,
        decimals=decimals,
        over_units=over_units,
        count_parts=tuple((parts or {}).get("count", ())),
        tick_parts=tuple((parts or {}).get("tick", ())),
        hint=hint,
        year=year,
        is_on_behalf=on_behalf_of is not None,
        most_covered=covered,
        may_wait=bool(may_wait),
    )


def required_figures(session: Session, unit: int, round_id: int) -> tuple[RequiredFigure, ...]:
    """This function will list what a unit must report in a round, in the order of the form."""
    known = known_in(session).required.get((unit, round_id))
    if known is not None:
        return known
    rows = session.execute(REQUIRED, {"of_unit": unit, "of_round": round_id})
    return tuple(_bare(row) for row in rows)


def required_figures_of(
    session: Session, units: Sequence[int], round_id: int
) -> dict[int, tuple[RequiredFigure, ...]]:
    """This function will list what each of many units must report in a round, in one look."""
    found: dict[int, list[RequiredFigure]] = defaultdict(list)
    for row in session.execute(REQUIRED_OF_MANY, {"of_units": units, "of_round": round_id}):
        found[row[0]].append(_bare(row))
    return {unit: tuple(items) for unit, items in found.items()}
