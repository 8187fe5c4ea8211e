"""A predecessor's stock gives way in the year once every successor has one of a later round."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Update, exists, func, null, or_, select, tuple_, update

from shuangyong_core.plans.models import Indicator, Target
from shuangyong_core.rollups.actions.statements.dirty import is_dirty_leaf
from shuangyong_core.rollups.actions.statements.tables import PLANS, VALUES, Tables
from shuangyong_core.rollups.actions.statements.years import in_order, leaves_of
from shuangyong_core.units.models import SuccessionKind, UnitSuccession

# A unit that only gave a part away still reports its own stock.
REPLACES = (SuccessionKind.MERGE.value, SuccessionKind.SPLIT.value)
SUCCESSION = UnitSuccession.__table__


@cache
def give_way(tables: Tables) -> Update:
    """This function will take the year's value from units whose successors all have a later one.

    A successor that is gone too, without a value of its own, stands for those who go on for it.
    """
    year = tables.ytd.leaf
    stock = _stock(tables)
    heirs = select(stock.c.unit, stock.c.target, stock.c.place, stock.c.unit.label("at")).cte(
        "heirs", recursive=True
    )
    after = SUCCESSION.alias("after")
    line = heirs.union(
        select(heirs.c.unit, heirs.c.target, heirs.c.place, after.c.new).where(
            after.c.old == heirs.c.at, after.c.kind.in_(REPLACES), ~_has_later(tables, after, heirs)
        )
    )
    goes_on = SUCCESSION.alias("goes_on")
    stands = ~exists().where(goes_on.c.old == line.c.at, goes_on.c.kind.in_(REPLACES))
    waiting = select(line.c.unit, line.c.target).where(stands)
    key = tuple_(year.c.unit, year.c.target)
    return (
        update(year)
        .where(key.in_(select(stock.c.unit, stock.c.target)), key.not_in(waiting))
        .values(dict.fromkeys(VALUES, null()))
    )


def _stock(tables: Tables) -> Any:
    """What units that are gone had as stock: the place in time of the latest that counts."""
    source, order, of = leaves_of(tables), in_order("stock_round"), SUCCESSION.alias("of")
    leaf = source.c
    gone = select(of.c.old).where(of.c.kind.in_(REPLACES))
    found = (
        select(leaf.unit, leaf.target, func.max(order.c.place).label("place"))
        .select_from(source)
        .join(order, order.c.id == leaf.round)
        .join(Target, Target.id == leaf.target)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(leaf.unit.in_(gone), Indicator.over_time == "latest", Target.plan.in_(PLANS))
        .where(*_counts(leaf))
        .group_by(leaf.unit, leaf.target)
    )
    return found.cte("stock")


def _has_later(tables: Tables, after: Any, heirs: Any) -> Any:
    """In what was just built, or in what has been lying and is not dirty."""
    found = []
    for layer in tables.by_round.layers:
        later, order = layer.leaf.alias(f"later_{layer.leaf.name}"), in_order("later_round")
        has = (
            select(later.c.unit)
            .join(order, order.c.id == later.c.round)
            .where(later.c.unit == after.c.new, later.c.target == heirs.c.target)
            .where(order.c.place > heirs.c.place, *_counts(later.c))
        )
        if layer is not tables.by_round:
            has = has.where(~is_dirty_leaf(later, "unit", "target", "round"))
        found.append(has.exists())
    return or_(*found)


def _counts(c: Any) -> tuple[Any, ...]:
    """不涉及 in a later round, or nothing yet, does not erase what was accepted."""
    return c.accepted == 1, c.not_involved == 0, c.numerator.is_not(None)
