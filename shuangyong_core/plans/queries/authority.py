"""Who may reach which unit of a plan: authority follows from the frozen trees and from grants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.plans.models import LAST_BELOW, Node, Plan
from shuangyong_core.units.models import Tree

ROLE_WORDS = {
    Role.ISSUER: "下达",
    Role.MANAGER: "管理",
    Role.REVIEWER: "审核",
    Role.REPORTER: "填报",
    Role.VIEWER: "查看",
}


class OutOfReach(NotFound):
    """The unit is in no subtree of the actor, or not in the plan; the two are never told apart."""

    code = "out_of_reach"


class NotAllowed(Refused):
    """The unit is within the actor's own, but the role is another's."""

    message = "您没有办理这一步的权限，要由有“{roles}”权限的人员办理。"
    code = "not_allowed"


def subtree_of(plan_id: int, unit_id: int, tree: Tree = Tree.RESPONSIBILITY) -> Select[tuple[int]]:
    """This function will select the ids of a unit and everything under it in today's tree."""
    return _below(plan_id, (unit_id,), tree)


def units_in_reach(
    plan_id: int, actor: Actor, *roles: Role, tree: Tree = Tree.RESPONSIBILITY
) -> Select[tuple[int]]:
    """This function will select the ids an actor reaches with one of the roles (any, if none)."""
    if actor.is_unlimited:
        return select(Node.unit).where(*_today(Node, plan_id, tree))
    return _below(plan_id, tuple(sorted(actor.units_with(*(roles or tuple(Role))))), tree)


def units_directly_below(plan_id: int, above: Sequence[int]) -> Select[tuple[int]]:
    """This function will select the ids of the units right below some units in today's tree."""
    return select(Node.unit).where(
        *_today(Node, plan_id, Tree.RESPONSIBILITY), Node.parent.in_(above)
    )


def require_reach(session: Session, plan: Plan, unit_id: int, actor: Actor, *roles: Role) -> None:
    """This function will raise OutOfReach outside the actor's own, NotAllowed without the role."""
    reached = units_in_reach(plan.id, actor)
    if (
        session.scalar(select(Node.unit).where(Node.unit == unit_id, Node.unit.in_(reached)))
        is None
    ):
        raise OutOfReach()
    if roles and not may_reach(session, plan, unit_id, actor, *roles):
        raise NotAllowed(roles="、".join(ROLE_WORDS.get(role, role) for role in roles))


def may_reach(session: Session, plan: Plan, unit_id: int, actor: Actor, *roles: Role) -> bool:
    """This function will say whether a unit is in reach with one of the roles."""
    reached = units_in_reach(plan.id, actor, *roles).where(Node.unit == unit_id)
    return session.scalar(reached.limit(1)) is not None


# Kept, for every page asks it several times; a statement never changes, it is only added to.
@lru_cache(maxsize=256)
def _below(plan_id: int, roots: tuple[int, ...], tree: Tree) -> Select[tuple[int]]:
    top = aliased(Node)
    within = and_(Node.path >= top.path, Node.path <= top.path.concat(LAST_BELOW))
    return (
        select(Node.unit)
        .join(top, within)
        .where(
            *_today(Node, plan_id, tree),
            *_today(top, plan_id, tree),
            top.unit.in_(roots),
        )
    )


def _today(node: type[Node], plan_id: int, tree: Tree) -> tuple[ColumnElement[bool], ...]:
    return (node.plan == plan_id, node.tree == tree.value, node.to_edition.is_(None))
