"""For which unit somebody acts in a plan, and which plan runs for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Node, Plan, PlanStatus
from shuangyong_core.plans.queries.authority import ROLE_WORDS, NotAllowed, OutOfReach
from shuangyong_core.plans.queries.tree import NodeRow, get_node
from shuangyong_core.plans.queries.within import get_plan_within, list_plans_within
from shuangyong_core.units.models import Tree, Unit

RUNNING = (PlanStatus.LAUNCHING, PlanStatus.ACTIVE, PlanStatus.CLOSING)
TODAY = (Node.tree == Tree.RESPONSIBILITY, Node.to_edition.is_(None))
BUSINESS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER, Role.REPORTER, Role.VIEWER)


class NothingRuns(Refused):
    """The plan was not sent down, or the year is over."""

    message = "计划“{plan}”现在没有在执行，不能办理交办和需协调事项。"
    code = "plan_not_running"


class SayWhichPlan(Refused):
    """Several plans run."""

    message = "请写明是哪个计划：{plans}。"
    code = "say_which_plan"


class NoPlanRuns(Refused):
    """No plan of the actor's runs."""

    message = "现在没有在执行的计划，不能办理交办和需协调事项。"
    code = "no_plan_runs"


class SayWhichUnit(Refused):
    """The actor has several units."""

    message = "您在几个单位都有权限，请写明用哪个单位办理：{units}。"
    code = "say_which_unit"


def running_plan(session: Session, code: str | None, *, actor: Actor) -> Plan:
    """This function will give the plan named, or the only one that runs for the actor.

    Raises PlanNotFound, NothingRuns, NoPlanRuns, SayWhichPlan.
    """
    if code is None:
        plans = [p for p in list_plans_within(session, actor=actor) if p.status in RUNNING]
        if not plans:
            raise NoPlanRuns
        if len(plans) > 1:
            raise SayWhichPlan(plans="、".join(p.code for p in plans))
        return plans[0]
    plan = get_plan_within(session, code, actor=actor)
    if plan.status not in RUNNING:
        raise NothingRuns(plan=plan.title)
    return plan


def acting_node(
    session: Session, plan: Plan, code: str | None, *, actor: Actor, roles: Sequence[Role]
) -> NodeRow:
    """This function will give the unit for which somebody acts: their own, and with the role.

    Raises OutOfReach, NotAllowed, SayWhichUnit.
    """
    if actor.is_unlimited:
        return get_node(session, plan.id, _unit_id(session, code) if code else plan.issuer)
    own = _in_plan(session, plan, actor.units_with(*roles))
    if code is not None:
        asked = next((unit for unit, its in own.items() if its == code), None)
        if asked is None:
            _refuse(session, plan, code, actor=actor, roles=roles)
        return get_node(session, plan.id, asked)
    if not own:
        raise NotAllowed(roles="、".join(ROLE_WORDS[role] for role in roles))
    if len(own) > 1:
        raise SayWhichUnit(units="、".join(sorted(own.values())))
    return get_node(session, plan.id, next(iter(own)))


def units_acted_for(session: Session, plan: int, actor: Actor, *roles: Role) -> frozenset[int]:
    """This function will give the units somebody acts for: their own, and those that are no more
    and lie silent right below them, for what such a unit began is brought to its end."""
    own = actor.units_with(*roles)
    return own | frozenset(session.scalars(_gone_below(own, plan))) if own else own


def is_acted_for(
    unit: InstrumentedAttribute[int], plan: int | None, actor: Actor, *roles: Role
) -> ColumnElement[bool]:
    """This function will ask in a query whether a unit is one of those somebody acts for, in a
    plan or in any."""
    own = actor.units_with(*roles)
    return or_(unit.in_(own), unit.in_(_gone_below(own, plan))) if own else false()


def _gone_below(own: frozenset[int], plan: int | None) -> Select[tuple[int]]:
    gone = select(Node.unit).where(*TODAY, Node.is_silent, Node.parent.in_(own))
    return gone if plan is None else gone.where(Node.plan == plan)


def _refuse(
    session: Session, plan: Plan, code: str, *, actor: Actor, roles: Sequence[Role]
) -> NoReturn:
    if code in _in_plan(session, plan, actor.units_with(*BUSINESS)).values():
        raise NotAllowed(roles="、".join(ROLE_WORDS[role] for role in roles))
    raise OutOfReach


def _unit_id(session: Session, code: str) -> int:
    found = session.scalar(select(Unit.id).where(Unit.code == code))
    if found is None:
        raise OutOfReach
    return found


def _in_plan(session: Session, plan: Plan, units: frozenset[int]) -> dict[int, str]:
    rows = select(Unit.id, Unit.code).join(Node, Node.unit == Unit.id).where(*_today(plan.id))
    return {unit: code for unit, code in session.execute(rows.where(Unit.id.in_(units)))}


def _today(plan: int) -> tuple[ColumnElement[bool], ...]:
    return (Node.plan == plan, *TODAY)
