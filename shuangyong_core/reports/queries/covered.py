"""How many units a figure on behalf of others can speak for: 涉及 n 家 is never more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Node
from shuangyong_core.units.models import Tree, Unit


def most_covered(
    *, plan: ColumnElement[Any], unit: ColumnElement[Any], kind: ColumnElement[Any]
) -> ColumnElement[Any]:
    """This function will count the units of a kind under a unit; nothing where no kind is named."""
    node, unit_table = table_of(Node), table_of(Unit)
    here, under, of = node.alias("covering"), node.alias("covered"), unit_table.alias("of_covered")
    today = [
        condition
        for each in (here, under)
        for condition in (
            each.c.plan == plan,
            each.c.tree == Tree.RESPONSIBILITY.value,
            each.c.to_edition.is_(None),
        )
    ]
    counted = (
        select(func.count())
        .select_from(here)
        .join(under, func.substr(under.c.path, 1, func.length(here.c.path)) == here.c.path)
        .join(of, of.c.id == under.c.unit)
        .where(*today, here.c.unit == unit, of.c.kind == kind)
        .correlate_except(here, under, of)
        .scalar_subquery()
    )
    # Counted only where it is asked: all other targets pay nothing.
    return case((kind.is_not(None), counted))
