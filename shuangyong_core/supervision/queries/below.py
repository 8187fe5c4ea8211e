"""To which units one may hand out: those directly below, or further if that is switched on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import Problem
from shuangyong_core.plans.models import Node, Plan
from shuangyong_core.plans.queries.authority import OutOfReach, subtree_of
from shuangyong_core.plans.queries.tree import NodeRow
from shuangyong_core.units.models import Tree, Unit


def find_receivers(
    session: Session,
    plan: Plan,
    giver: NodeRow,
    codes: Sequence[str],
    *,
    is_direct: bool,
    actor: Actor,
) -> tuple[list[NodeRow], list[Problem]]:
    """This function will give the units by code, and what is wrong with them; raises OutOfReach.

    A unit outside the giver's branch is as absent as one that never was.
    """
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        return [], [Problem("no_units", "请至少选一个承办单位。", field="units")]
    above = aliased(Unit)
    rows = session.execute(
        select(Node.unit, Unit.code, Unit.name, Unit.kind, Node.parent, Node.depth, Node.path)
        .add_columns(above.name)
        .join(Unit, Unit.id == Node.unit)
        .join(above, above.id == Node.parent)
        .where(Node.plan == plan.id, Node.tree == Tree.RESPONSIBILITY, Node.to_edition.is_(None))
        .where(Node.is_silent.is_(False))  # a unit that was merged or abolished does nothing more
        .where(Unit.code.in_(wanted), Node.unit != giver.unit)
        .where(Node.unit.in_(subtree_of(plan.id, giver.unit)))
        .order_by(Node.path)
    ).all()
    found = [NodeRow(*row[:7]) for row in rows]
    if len(found) < len(wanted):
        raise OutOfReach
    if is_direct:
        return found, []
    return found, [
        _through(row.code, row.name, superior)
        for (*_, superior), row in zip(rows, found, strict=True)
        if row.parent != giver.unit
    ]


def _through(code: str, name: str, superior: str) -> Problem:
    said = f"给{name}的交办要经{superior}：请交办给{superior}，由它转办。"
    return Problem("through_the_superior", said, field="units", value=code)
