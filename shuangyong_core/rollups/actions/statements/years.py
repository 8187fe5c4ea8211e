"""A unit's own state of a target in the year: its rounds folded over time, then never again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, and_, case, func, insert, or_, select, tuple_, union_all

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Indicator, Round, Target
from shuangyong_core.reports.models import Acceptance, Figure, FigureKey, Report
from shuangyong_core.rollups.actions.statements.dirty import is_dirty_leaf
from shuangyong_core.rollups.actions.statements.facts import is_live
from shuangyong_core.rollups.actions.statements.leaves import Expression
from shuangyong_core.rollups.actions.statements.tables import (
    DIRTY_LEAF,
    PLANS,
    VALUES,
    Tables,
)
from shuangyong_core.rollups.models import COUNTS


@cache
def over_time(tables: Tables) -> Insert:
    """This function will fold the rounds of each unit: sum, or the latest that was accepted."""
    year, newest = _added(tables), in_order("newest_round")
    c, source = year.c, year.outerjoin(newest, newest.c.place == year.c.newest)
    lasts = [grain.leaf.alias(f"last_{grain.leaf.name}") for grain in tables.by_round.layers]
    for last in lasts:
        keys = zip((last.c.unit, last.c.target, last.c.round), (c.unit, c.target, newest.c.id),
                   strict=True)  # fmt: skip
        source = source.outerjoin(last, and_(*(its == ours for its, ours in keys)))
    picks = or_(c.over_units == "all_done", c.over_time == "latest")

    def folded(name: str) -> Expression:
        return case((picks, _last(lasts, name)), else_=c[name])

    numerator = case(
        (and_(c.over_units == "distinct", c.values_given > 0), _keys_of_year(c)),
        (c.over_units == "distinct", None),
        (c.over_units == "all_done", func.coalesce(_last(lasts, "numerator"), 0)),
        else_=folded("numerator"),
    )
    denominator = case((c.over_units == "all_done", c.involved), else_=folded("denominator"))
    values = [numerator, denominator, folded("as_of"), c.as_of_code]
    statement = select(c.unit, c.target, *(c[name] for name in COUNTS), *values).select_from(source)
    return insert(tables.ytd.leaf).from_select(["unit", "target", *COUNTS, *VALUES], statement)


def _last(lasts: Sequence[Any], name: str) -> Expression:
    """The value of the newest round: where it was just built, else where it has been lying."""
    found = [(last.c.unit.is_not(None), last.c[name]) for last in lasts]
    return case(*found)


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


def leaves_of(tables: Tables) -> Any:
    """This function will give all rounds of what is built: what is not dirty lies underneath."""
    leaf, under = tables.by_round.leaf, tables.by_round.under
    if under is None:
        return leaf
    years = select(DIRTY_LEAF.c.unit, DIRTY_LEAF.c.target)
    old = select(*under.leaf.c).where(
        tuple_(under.leaf.c.unit, under.leaf.c.target).in_(years),
        ~is_dirty_leaf(under.leaf, "unit", "target", "round"),
    )
    return union_all(select(*leaf.c), old).subquery("leaf")


def _added(tables: Tables) -> Any:
    """A row a unit and target: its counts and sums, and the place of the round that is newest."""
    source, order = leaves_of(tables), in_order("in_order")
    leaf = source.c
    # 不涉及 in a later round, or nothing yet, does not erase the last value that was accepted.
    has_value = and_(leaf.accepted == 1, leaf.not_involved == 0, leaf.numerator.is_not(None))
    keys = (leaf.unit, leaf.target, Indicator.over_units, Indicator.over_time)
    statement = (
        select(*keys, *(func.sum(leaf[name]).label(name) for name in COUNTS))
        .add_columns(func.sum(leaf.numerator).label("numerator"))
        .add_columns(func.count(leaf.numerator).label("values_given"))
        .add_columns(func.sum(leaf.denominator).label("denominator"))
        .add_columns(func.max(leaf.expected - leaf.not_involved).label("involved"))
        .add_columns(func.max(leaf.as_of).label("as_of"))
        .add_columns(func.max(leaf.as_of_code).label("as_of_code"))
        .add_columns(func.max(case((has_value, order.c.place))).label("newest"))
        .select_from(source)
        .join(order, order.c.id == leaf.round)
        .join(Target, Target.id == leaf.target)
        .join(Indicator, Indicator.id == Target.indicator)
        .group_by(*keys)
    )
    if not tables.only_dirty:
        # Not by the index of plans: leaves are kept in the order they are grouped in.
        statement = statement.where((Target.plan + 0).in_(PLANS))
    return statement.subquery("year")


def in_order(name: str) -> Any:
    """This function will give the rounds with their place in time: a later one has a greater."""
    place = func.row_number().over(order_by=(Round.due_date, Round.id)).label("place")
    return select(Round.id, place).subquery(name)


def _keys_of_year(ranked: Any) -> Expression:
    keys = live_keys().subquery("keys")
    return (
        select(func.count(keys.c.key.distinct()))
        .where(keys.c.unit == ranked.unit, keys.c.target == ranked.target)
        .scalar_subquery()
    )
