"""One level of cells from the level below it: one statement for each way of adding over units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Insert,
    Select,
    Subquery,
    and_,
    case,
    func,
    insert,
    null,
    or_,
    select,
)

from shuangyong_core.plans.models import LAST_BELOW, Indicator, Node
from shuangyong_core.rollups.actions.statements.dialects import by_bytes
from shuangyong_core.rollups.actions.statements.leaves import Expression
from shuangyong_core.rollups.actions.statements.parts import parts_of
from shuangyong_core.rollups.actions.statements.tables import FOLD, TREE, VALUES, Grain
from shuangyong_core.rollups.actions.statements.years import live_keys
from shuangyong_core.rollups.models import COUNTS

WITHIN = ("within_numerator", "within_denominator")
PICKED = ("latest", "distinct")


@cache
def level(grain: Grain) -> list[Insert]:
    """This function will fill the cells of one depth of one tree."""
    over = Indicator.over_units
    rows = [
        _added(grain, parts_of(grain, over.not_in(PICKED))),
        _latest(grain, parts_of(grain, over == "latest")),
        _distinct(grain, parts_of(grain, over == "distinct")),
    ]
    columns = ["unit", *grain.keys, *COUNTS, *VALUES, *WITHIN, "tree", "fold"]
    return [
        insert(grain.cell).from_select(
            columns, row.add_columns(TREE.label("tree"), FOLD.label("fold"))
        )
        for row in rows
    ]


def is_under(node: Any, path: Expression) -> Any:
    """This function will say that a node lies in the subtree of a path, its top included."""
    return and_(node.path >= path, node.path <= path + LAST_BELOW)


def _grouped(grain: Grain, part: Subquery, values: Sequence[Any], *more: Expression) -> Select[Any]:
    keys = [part.c.unit, *(part.c[name] for name in grain.keys)]
    return (
        select(*keys, *(func.sum(part.c[name]) for name in COUNTS), *values)
        .select_from(part)
        .group_by(*keys, part.c.over_units, *more)
        # A cell with nothing expected and no figure does not exist.
        .having(or_(func.sum(part.c.expected) > 0, func.count(part.c.numerator) > 0))
    )


def _added(grain: Grain, part: Subquery) -> Select[Any]:
    over = part.c.over_units

    def added(column: Expression, *, within: bool) -> Expression:
        alone = null() if within else func.max(case((part.c.is_own == 1, column)))
        counted = case((part.c.is_own == 0, column)) if within else column
        return case(
            (over.in_(["sum", "ratio", "all_done"]), func.sum(counted)),
            (over == "max", func.max(counted)),
            (over == "own", alone),
        )

    c = part.c
    as_of = case((c.is_own == 1, c.as_of), (over != "own", c.as_of))
    values = [
        added(c.numerator, within=False),
        added(c.denominator, within=False),
        func.max(as_of),
        null(),
        added(c.numerator, within=True),
        added(c.denominator, within=True),
    ]
    return _grouped(grain, part, values)


def _latest(grain: Grain, part: Subquery) -> Select[Any]:
    has_value = case((part.c.numerator.is_not(None), 1), else_=0)
    newest = (has_value.desc(), part.c.as_of.desc(), by_bytes(part.c.as_of_code).desc())
    keys = (part.c.unit, *(part.c[name] for name in grain.keys))
    place = func.row_number().over(partition_by=keys, order_by=newest)
    place_within = func.row_number().over(partition_by=(*keys, part.c.is_own), order_by=newest)
    ranked = select(*part.c, place.label("place"), place_within.label("place_within")).subquery(
        "ranked"
    )
    c = ranked.c
    first = and_(c.place == 1, c.numerator.is_not(None))
    first_within = and_(c.place_within == 1, c.is_own == 0)
    values = [func.max(case((first, c[name]))) for name in VALUES]
    values += [func.max(case((first_within, c[name]))) for name in VALUES[:2]]
    return _grouped(grain, ranked, values)


def _distinct(grain: Grain, part: Subquery) -> Select[Any]:
    c = part.c
    some = func.count(c.numerator) > 0
    some_within = func.count(case((c.is_own == 0, c.numerator))) > 0
    values = [
        case((some, _keys_below(grain, c, with_own=True))),
        null(),
        func.max(c.as_of),
        null(),
        case((some_within, _keys_below(grain, c, with_own=False))),
        null(),
    ]
    return _grouped(grain, part, values, c.plan, c.path)


def _keys_below(grain: Grain, part: Any, *, with_own: bool) -> Expression:
    keys = live_keys().subquery("keys")
    below = Node.__table__.alias("holder").c
    statement = select(func.count(keys.c.key.distinct())).where(
        *(keys.c[name] == part[name] for name in grain.keys),
        below.unit == keys.c.unit,
        below.plan == part.plan,
        below.tree == TREE,
        below.to_edition.is_(None),
        is_under(below, part.path),
    )
    if not with_own:
        statement = statement.where(below.unit != part.unit)
    return statement.scalar_subquery()
