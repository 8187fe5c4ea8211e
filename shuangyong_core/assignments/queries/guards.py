"""All that a level above has to see of the splits below it: what warns, and the reason given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.assignments.models import DueItem, GuardReason
from shuangyong_core.assignments.queries.child_dates import EarlierDate, list_earlier_dates
from shuangyong_core.assignments.queries.coverage import Coverage, coverage
from shuangyong_core.assignments.queries.excesses import (
    Excess,
    LevelSum,
    list_excesses,
    list_level_sums,
)
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Node, Plan, PlanStatus, Round
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.plans.queries.drafted import shortfalls_before
from shuangyong_core.plans.queries.tree import get_node
from shuangyong_core.plans.rules.stage_chain import Shortfall, Within, check_chain
from shuangyong_core.units.models import Tree

LISTED = 200


@dataclass(frozen=True, slots=True)
class Stated:
    """A reason the office gave to go on, and what it was shown."""

    at: datetime
    who: str
    reason: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guards:
    """What the guards say of a unit and all below it."""

    levels: Sequence[LevelSum]
    excesses: Sequence[Excess]
    dates: Sequence[EarlierDate]
    coverage: Coverage
    shortfalls: Sequence[Shortfall]
    reasons: Sequence[Stated]
    top: int  # the depth that the first level of holders has


def guards(session: Session, plan: Plan, *, unit: int, at: datetime, listed: int = 100) -> Guards:
    """This function will gather what warns at a unit and below; of a draft, what would."""
    found, units = (
        coverage(session, plan, unit=unit, at=at, limit=listed),
        subtree_of(plan.id, unit),
    )
    short: Sequence[Shortfall] = ()
    if plan.status == PlanStatus.DRAFT:
        short = shortfalls_before(session, plan, starts_on=shanghai_date(at))
    elif unit == plan.issuer and plan.launched_at is not None:
        short = shortfalls_of(session, plan, starts_on=shanghai_date(plan.launched_at))
    return Guards(
        levels=list_level_sums(session, plan, units=units),
        excesses=list_excesses(session, plan, units=units, limit=LISTED),
        dates=list_earlier_dates(session, plan, holders=units, limit=LISTED),
        coverage=found,
        shortfalls=short,
        reasons=_reasons(session, plan) if unit == plan.issuer else (),
        top=_depth(session, plan, unit),
    )


def shortfalls_of(session: Session, plan: Plan, *, starts_on: date) -> Sequence[Shortfall]:
    """This function will give the rounds of a plan sent down that cannot be met from a day on."""
    rounds = session.scalars(
        select(Round).where(Round.plan == plan.id).order_by(Round.due_date)
    ).all()
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    here = and_(Node.unit == DueItem.unit, Node.plan == plan.id, tree, Node.to_edition.is_(None))
    deepest = (
        select(Round.code, func.max(Node.depth))
        .join_from(DueItem, Round, Round.id == DueItem.round)
        .join(Node, here)
        .where(Round.plan == plan.id, DueItem.valid_to.is_(None))
        .group_by(Round.code)
    )
    top = get_node(session, plan.id, plan.issuer).depth
    levels = {code: max(depth - top - 1, 0) for code, depth in session.execute(deepest)}
    return check_chain(
        rounds, levels=levels, starts_on=starts_on, within=within_of(plan),
        calendar=get_calendar(session),
    )  # fmt: skip


def within_of(plan: Plan) -> Within:
    """This function will give how long each stage of a plan may take."""
    return Within(
        plan.within_acknowledge, plan.within_decompose, plan.within_review, plan.review_levels
    )


def _reasons(session: Session, plan: Plan) -> list[Stated]:
    rows = session.scalars(
        select(GuardReason).where(GuardReason.plan == plan.id).order_by(GuardReason.id)
    ).all()
    names = names_of(session, [one.actor for one in rows])
    return [Stated(one.at, names[one.actor], one.reason, tuple(one.found)) for one in rows]


def _depth(session: Session, plan: Plan, unit: int) -> int:
    return 0 if plan.status == PlanStatus.DRAFT else get_node(session, plan.id, unit).depth
