"""The base of a unit's territory, for a reporter that has no value of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, String, bindparam, cast, exists, func, literal, select, update
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.actions.launch.content import BASE
from shuangyong_core.assignments.actions.launch.work import WORK
from shuangyong_core.plans.models import LAST_BELOW, Node, TargetVersion
from shuangyong_core.units.models import Tree, UnitBase


@cache
def weigh_by_territory(is_chosen: bool = False) -> Executable:
    """This function will weigh what lies in its territory where a weight is still missing.

    By the base that the target is split by, or by one that was chosen (`by`).
    """
    key: Any = func.substr(TargetVersion.split, len(BASE) + 1)
    if is_chosen:
        key = bindparam("by", type_=String)
    place, within, newer = aliased(Node), aliased(Node), aliased(UnitBase)
    latest = select(func.max(newer.date)).where(
        newer.key == UnitBase.key, newer.unit == UnitBase.unit
    )
    total = (
        select(cast(func.sum(UnitBase.value), WORK.c.weight.type))
        .select_from(TargetVersion)
        .join(place, place.unit == WORK.c.unit)
        .join(within, within.path.between(place.path, place.path + literal(LAST_BELOW, String)))
        .join(UnitBase, UnitBase.unit == within.unit)
        .where(
            TargetVersion.target == WORK.c.target,
            TargetVersion.to_version.is_(None),
            UnitBase.key == key,
            UnitBase.date == latest.scalar_subquery(),
            *_standing(place),
            *_standing(within),
            ~_is_covered(place, within),
        )
        .correlate(WORK)
        .scalar_subquery()
    )
    return update(WORK).where(WORK.c.weight.is_(None)).values(weight=total)


def _is_covered(place: Any, within: Any) -> Any:
    """A unit between has a value of its own, which already holds what lies below it."""
    between, base = aliased(Node), aliased(UnitBase)
    return exists().where(
        between.path > place.path,
        between.path < within.path,
        within.path.between(between.path, between.path + literal(LAST_BELOW, String)),
        base.unit == between.unit,
        base.key == UnitBase.key,
        *_standing(between),
    )


def _standing(node: Any) -> list[Any]:
    territory = node.tree == str(Tree.TERRITORY)
    return [node.plan == bindparam("plan"), territory, node.to_edition.is_(None)]
