"""未落实: quotas of units that were let off, until whoever holds the total splits it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.assignments.queries.held import status_of
from shuangyong_core.assignments.rules.statuses import HOLD_ASIDE, REPORT_ASIDE
from shuangyong_core.plans.models import Node, Plan, Target
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.units.models import Tree, Unit

# The two enums have the same words for what is set aside.
ASIDE = sorted({str(status) for status in HOLD_ASIDE | REPORT_ASIDE})


@dataclass(frozen=True, slots=True)
class Unfulfilled:
    """A quota nobody works on now; the value is scaled by the target's decimals."""

    target: int
    holder: int  # who is to split it again
    unit: int
    code: str
    name: str
    status: str  # exempt | suspended | withdrawn
    held: int
    path: str  # of the unit, in today's tree
    holder_code: str
    holder_name: str


def list_unfulfilled(
    session: Session, plan: Plan, *, unit: int, target: int | None = None, far: bool = False
) -> Sequence[Unfulfilled]:
    """This function will list what is 未落实 directly under a unit; `far`: anywhere below it.

    A unit below one that was let off is not told again: the upper quota holds it.
    """
    found = _statement(plan)
    where = Node.parent.in_(subtree_of(plan.id, unit)) if far else Node.parent == unit
    found = found.where(where)
    if target is not None:
        found = found.where(Assignment.target == target)
    return [Unfulfilled(*row) for row in session.execute(found)]


def sum_unfulfilled(session: Session, plan: Plan, *, unit: int) -> dict[int, int]:
    """This function will add up by target what is 未落实 anywhere below a unit."""
    sums: dict[int, int] = {}
    for each in list_unfulfilled(session, plan, unit=unit, far=True):
        sums[each.target] = sums.get(each.target, 0) + each.held
    return {target: held for target, held in sums.items() if held}


def _statement(plan: Plan) -> Select[Any]:
    above, holder = aliased(Assignment), aliased(Unit)
    is_above = and_(above.target == Assignment.target, above.unit == Node.parent)
    status_above = func.coalesce(status_of(above), "")
    return (
        select(Assignment.target, Node.parent, Unit.id, Unit.code, Unit.name)
        .add_columns(status_of(Assignment), Quota.held, Node.path, holder.code, holder.name)
        .select_from(Assignment)
        .join(Target, and_(Target.id == Assignment.target, Target.plan == plan.id))
        .join(Node, and_(Node.unit == Assignment.unit, *_today(plan)))
        .join(Unit, Unit.id == Assignment.unit)
        .join(holder, holder.id == Node.parent)
        .join(Quota, and_(Quota.target == Assignment.target, Quota.unit == Assignment.unit))
        .outerjoin(above, is_above)
        .where(status_of(Assignment).in_(ASIDE), status_above.not_in(ASIDE))
        .where(Quota.valid_to.is_(None), Quota.held > 0)
        .order_by(Assignment.target, Unit.code)
    )


def _today(plan: Plan) -> tuple[ColumnElement[bool], ...]:
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    return (Node.plan == plan.id, tree, Node.to_edition.is_(None))
