"""The base numbers a split goes by, as a holder sees them beside each child."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.plans.models import LAST_BELOW, Node, Plan
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.units.models import Tree, UnitBase

KEYS = select(UnitBase.key).distinct().subquery("keys")


def list_bases(
    session: Session, plan: Plan, *, unit: int, keys: Collection[str]
) -> dict[tuple[int, str], int]:
    """This function will give (child, base) the sum of the latest values of all under the child."""
    if not keys:
        return {}
    child, below, later = aliased(Node), aliased(Node), aliased(UnitBase)
    here = [
        part
        for node in (child, below)
        for part in (
            node.plan == plan.id,
            node.tree == Tree.RESPONSIBILITY.value,
            node.to_edition.is_(None),
        )
    ]
    latest = (
        select(func.max(later.date))
        .where(later.key == UnitBase.key, later.unit == UnitBase.unit)
        .scalar_subquery()
    )
    within = and_(below.path >= child.path, below.path <= child.path.concat(LAST_BELOW))
    rows = session.execute(
        select(child.unit, UnitBase.key, func.sum(UnitBase.value))
        .join_from(child, below, within)
        .join(UnitBase, UnitBase.unit == below.unit)
        .where(*here, child.parent == unit)
        .where(UnitBase.key.in_(keys), UnitBase.date == latest)
        .group_by(child.unit, UnitBase.key)
    )
    return {(child_id, key): int(total) for child_id, key, total in rows}


def list_base_keys(session: Session, plan: Plan, *, unit: int) -> list[str]:
    """This function will give the bases that units under a holder have, to split by."""
    has = exists().where(UnitBase.unit.in_(subtree_of(plan.id, unit)), UnitBase.key == KEYS.c.key)
    return list(session.scalars(select(KEYS.c.key).where(has).order_by(KEYS.c.key)))
