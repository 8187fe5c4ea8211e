"""分解数超过下达数: who splits more than was issued, on which level, by how much, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Quota
from shuangyong_core.assignments.rules.splits import FULL_BP, exceeds_limit
from shuangyong_core.plans.models import Indicator, Node, Plan, Target, TargetVersion
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class Excess:
    """A holder's split of one target; values are scaled by `decimals`."""

    unit: str
    unit_code: str
    depth: int  # in the tree, the root 0
    code: str
    title: str
    display_unit: str
    decimals: int
    held: int
    shared_out: int
    reason: str
    inflation_bp: int

    @property
    def is_above_limit(self) -> bool:
        """Whether 分解合计/下达数 is above the plan's limit, so that it stands with a reason."""
        return exceeds_limit(self.shared_out, self.held, self.inflation_bp)


@dataclass(frozen=True, slots=True)
class LevelSum:
    """A target at one level of holders: what they hold together and what they share out."""

    code: str
    title: str
    display_unit: str
    decimals: int
    depth: int
    holders: int
    held: int
    shared_out: int
    exceeding: int  # holders that share out more than they hold
    above_limit: int


def list_excesses(
    session: Session, plan: Plan, *, units: Select[tuple[int]], limit: int = 8
) -> Sequence[Excess]:
    """This function will list where 分解合计 is above 下达数 among these holders, by unit."""
    sums, version = _sums(plan, units), TargetVersion
    rows = session.execute(
        select(
            Unit.name, Unit.code, sums.c.depth, Target.code, version.title,
            Indicator.display_unit, Indicator.decimals, sums.c.held, sums.c.shared_out,
            sums.c.reason, literal(plan.inflation_bp),
        )
        .join_from(sums, Target, Target.id == sums.c.target)
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Unit, Unit.id == sums.c.unit)
        .where(sums.c.shared_out > sums.c.held)
        .order_by(Unit.code, version.position)
        .limit(limit)
    )  # fmt: skip
    return [Excess(*row) for row in rows]


def list_level_sums(
    session: Session, plan: Plan, *, units: Select[tuple[int]]
) -> Sequence[LevelSum]:
    """This function will give 分解合计 and 下达数 of each target on each level of holders."""
    sums, version = _sums(plan, units), TargetVersion
    above = sums.c.shared_out > _most(sums.c.held, plan.inflation_bp)
    rows = session.execute(
        select(
            Target.code, version.title, Indicator.display_unit, Indicator.decimals, sums.c.depth,
            func.count(), func.sum(sums.c.held), func.sum(sums.c.shared_out),
            func.sum(case((sums.c.shared_out > sums.c.held, 1), else_=0)),
            func.sum(case((above, 1), else_=0)),
        )
        .join_from(sums, Target, Target.id == sums.c.target)
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .group_by(
            Target.code, version.title, version.position, Indicator.display_unit,
            Indicator.decimals, sums.c.depth,
        )
        .order_by(version.position, sums.c.depth)
    )  # fmt: skip
    return [LevelSum(*row[:6], *(int(number) for number in row[6:])) for row in rows]


def _most(held: ColumnElement[int], inflation_bp: int) -> ColumnElement[int]:
    """What may be shared out of a quota: rules.splits.exceeds_limit, in a product that fits."""
    whole, rest = held.op("/")(FULL_BP), held.op("%")(FULL_BP)
    return whole.op("*")(inflation_bp) + rest.op("*")(inflation_bp).op("/")(FULL_BP)


def _sums(plan: Plan, units: Select[tuple[int]]) -> Subquery:
    """Each holder's own and its children's, target by target."""
    holder, child, place = aliased(Quota), aliased(Quota), aliased(Node)
    tree = str(Tree.RESPONSIBILITY)
    return (
        select(
            holder.target, holder.unit, place.depth, holder.held, holder.reason,
            cast(holder.own + func.sum(child.held), BigInteger).label("shared_out"),
        )
        .select_from(holder)
        .join(Node, and_(Node.parent == holder.unit, Node.plan == plan.id, Node.tree == tree))
        .join(place, and_(place.unit == holder.unit, place.plan == plan.id, place.tree == tree))
        .join(child, and_(child.unit == Node.unit, child.target == holder.target))
        .join(TargetVersion, TargetVersion.target == holder.target)
        .join(Target, and_(Target.id == holder.target, Target.plan == plan.id))
        .where(Node.to_edition.is_(None), place.to_edition.is_(None))
        .where(holder.valid_to.is_(None), child.valid_to.is_(None))
        .where(TargetVersion.to_version.is_(None), TargetVersion.goal_kind == "total")
        .where(holder.unit.in_(units))
        .group_by(
            holder.target, holder.unit, place.depth, holder.held, holder.own, holder.reason
        )
        .subquery("sums")
    )  # fmt: skip
