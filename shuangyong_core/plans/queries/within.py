"""A plan and its units as one actor sees them: another's is as absent as what never was."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import (
    ROLE_WORDS,
    NotAllowed,
    OutOfReach,
    units_in_reach,
)
from shuangyong_core.plans.queries.plan import PlanNotFound, get_plan, list_plans
from shuangyong_core.units.models import Tree, Unit


def get_plan_within(session: Session, code: str, *, actor: Actor) -> Plan:
    """This function will give a plan the actor issues or has a part in; raises PlanNotFound."""
    plan = get_plan(session, code)
    if not _has_part(session, plan, actor):
        raise PlanNotFound(code=code, what="计划")
    return plan


def list_plans_within(session: Session, *, actor: Actor) -> list[Plan]:
    """This function will list the plans the actor issues or has a part in, the latest first."""
    return [plan for plan in list_plans(session) if _has_part(session, plan, actor)]


def _has_part(session: Session, plan: Plan, actor: Actor) -> bool:
    if actor.is_unlimited or plan.issuer in {grant.unit for grant in actor.grants}:
        return True
    return session.scalar(units_in_reach(plan.id, actor).limit(1)) is not None


def require_issuer(session: Session, code: str, *, actor: Actor) -> Plan:
    """This function will give a plan the actor may send down; PlanNotFound, NotAllowed."""
    plan = get_plan_within(session, code, actor=actor)
    # Before the launch a plan has no tree yet, so the issuer's own unit is asked.
    if not actor.is_unlimited and plan.issuer not in actor.units_with(Role.ISSUER):
        raise NotAllowed(roles=ROLE_WORDS[Role.ISSUER])
    return plan


def get_unit_in(
    session: Session, plan: Plan, code: str, *, actor: Actor, tree: Tree = Tree.RESPONSIBILITY
) -> int:
    """This function will give the id of a unit in the actor's reach by a tree; or OutOfReach."""
    reached = units_in_reach(plan.id, actor, tree=tree)
    unit = session.scalar(select(Unit.id).where(Unit.code == code, Unit.id.in_(reached)))
    if unit is None:
        raise OutOfReach
    return unit


def get_place(session: Session, plan: Plan, code: str | None, *, actor: Actor) -> int:
    """This function will give the id of a unit in reach, of the issuer if none is named.

    Before the launch a plan has no tree: then there is the issuer alone. Raises OutOfReach.
    """
    issuer = session.get_one(Unit, plan.issuer)
    if code not in (None, issuer.code):
        return get_unit_in(session, plan, code or "", actor=actor)
    if not actor.is_unlimited and plan.issuer not in {grant.unit for grant in actor.grants}:
        raise OutOfReach
    return plan.issuer
