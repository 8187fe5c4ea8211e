"""分解数超过下达数: who splits more than was issued, by how much, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Quota
from shuangyong_core.plans.models import Indicator, Node, Plan, Target, TargetVersion
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class Excess:
    """A holder's split of one target; values are scaled by `decimals`."""

    unit: str
    code: str
    title: str
    decimals: int
    held: int
    shared_out: int
    reason: str


def list_excesses(
    session: Session, plan: Plan, *, units: Select[tuple[int]], limit: int = 8
) -> Sequence[Excess]:
    """This function will list where 分解合计 is above 下达数 among these holders, by unit."""
    holder, child, version = aliased(Quota), aliased(Quota), TargetVersion
    shared_out = holder.own + func.sum(child.held)
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    rows = session.execute(
        select(
            Unit.name, Target.code, version.title, Indicator.decimals, holder.held, shared_out,
            holder.reason,
        )
        .select_from(holder)
        .join(Node, and_(Node.parent == holder.unit, Node.plan == plan.id, tree))
        .join(child, and_(child.unit == Node.unit, child.target == holder.target))
        .join(Target, and_(Target.id == holder.target, Target.plan == plan.id))
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Unit, Unit.id == holder.unit)
        .where(Node.to_edition.is_(None), holder.valid_to.is_(None), child.valid_to.is_(None))
        .where(version.goal_kind == "total", holder.unit.in_(units))
        .group_by(
            Unit.code, Unit.name, Target.code, version.title, version.position,
            Indicator.decimals, holder.held, holder.own, holder.reason,
        )
        .having(shared_out > holder.held)
        .order_by(Unit.code, version.position)
        .limit(limit)
    )  # fmt: skip
    return [Excess(*row) for row in rows]
