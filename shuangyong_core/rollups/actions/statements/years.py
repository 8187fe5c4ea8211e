"""A unit's own state of a target in the year: its rounds folded over time, then never again."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Insert, and_, case, func, insert, or_, select

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Indicator, Round, Target
from shuangyong_core.reports.models import Acceptance, Figure, FigureKey, Report
from shuangyong_core.rollups.actions.statements.facts import is_live
from shuangyong_core.rollups.actions.statements.leaves import Expression
from shuangyong_core.rollups.actions.statements.tables import (
    COUNTS,
    DIRTY_LEAF,
    PLANS,
    VALUES,
    Tables,
)


@cache
def over_time(tables: Tables, *, dirty: bool) -> Insert:
    """This function will fold the rounds of each unit: sum, or the latest that was accepted."""
    ranked = _ranked(tables, dirty=dirty)
    c = ranked.c
    picks = or_(c.over_units == "all_done", c.over_time == "latest")
    newest = and_(c.place == 1, c.has_value == 1)

    def picked(column: Expression) -> Expression:
        return func.max(case((newest, column)))

    def folded(column: Expression) -> Expression:
        return case((picks, picked(column)), else_=func.sum(column))

    numerator = case(
        (and_(c.over_units == "distinct", func.count(c.numerator) > 0), _keys_of_year(c)),
        (c.over_units == "distinct", None),
        (c.over_units == "all_done", func.coalesce(picked(c.numerator), 0)),
        else_=folded(c.numerator),
    )
    involved = func.max(c.expected - c.not_involved)
    values = [
        numerator,
        case((c.over_units == "all_done", involved), else_=folded(c.denominator)),
        case((picks, picked(c.as_of)), else_=func.max(c.as_of)),
        func.max(c.as_of_code),
    ]
    statement = select(c.unit, c.target, *(func.sum(c[name]) for name in COUNTS), *values).group_by(
        c.unit, c.target, c.over_units, c.over_time
    )
    return insert(tables.ytd.leaf).from_select(["unit", "target", *COUNTS, *VALUES], statement)


def live_keys() -> Any:
    """This function will list every alias that counts now: unit, target, round, key."""
    return (
        select(DueItem.unit, DueItem.target, DueItem.round, FigureKey.key)
        .select_from(DueItem)
        .join(Target, Target.id == DueItem.target)
        .join(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
        .join(Acceptance, is_live())
        .join(
            Figure,
            and_(
                Figure.report == Acceptance.report,
                Figure.no == Acceptance.no,
                Figure.indicator == Target.indicator,
                Figure.state == "reported",
            ),
        )
        .join(
            FigureKey,
            and_(
                FigureKey.report == Figure.report,
                FigureKey.no == Figure.no,
                FigureKey.indicator == Figure.indicator,
            ),
        )
        .where(DueItem.valid_to.is_(None))
    )


def _ranked(tables: Tables, *, dirty: bool) -> Any:
    leaf = tables.by_round.leaf.c
    # 不涉及 in a later round, or nothing yet, does not erase the last value that was accepted.
    has_value = case(
        (and_(leaf.accepted == 1, leaf.not_involved == 0, leaf.numerator.is_not(None)), 1),
        else_=0,
    )
    newest_first = func.row_number().over(
        partition_by=(leaf.unit, leaf.target),
        order_by=(has_value.desc(), Round.due_date.desc(), Round.id.desc()),
    )
    statement = (
        select(*leaf, Indicator.over_units, Indicator.over_time)
        .add_columns(has_value.label("has_value"), newest_first.label("place"))
        .join(Round, Round.id == leaf.round)
        .join(Target, Target.id == leaf.target)
        .join(Indicator, Indicator.id == Target.indicator)
    )
    if not dirty:
        statement = statement.where(Target.plan.in_(PLANS))
    else:
        keys = select(DIRTY_LEAF.c.unit, DIRTY_LEAF.c.target).distinct().subquery("years")
        statement = statement.join(
            keys, and_(keys.c.unit == leaf.unit, keys.c.target == leaf.target)
        )
    return statement.subquery("ranked")


def _keys_of_year(ranked: Any) -> Expression:
    keys = live_keys().subquery("keys")
    return (
        select(func.count(keys.c.key.distinct()))
        .where(keys.c.unit == ranked.unit, keys.c.target == ranked.target)
        .scalar_subquery()
    )
