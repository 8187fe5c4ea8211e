"""The proof that a plan reaches everybody: goals nobody got, units without goal or people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Select, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.queries.below import units_below
from shuangyong_core.accounts.queries.people import Lacking, count_lacking, list_lacking
from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.assignments.queries.launching import launched_targets
from shuangyong_core.assignments.rules.statuses import HOLD_ASIDE, REPORT_ASIDE
from shuangyong_core.plans.models import Indicator, Node, Plan, PlanStatus, Target, TargetVersion
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.plans.queries.drafted import uncovered_by
from shuangyong_core.units.models import Tree, Unit

LISTED = 100
ASIDE = sorted(str(one) for one in HOLD_ASIDE | REPORT_ASIDE)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A goal, or the part of it, that nobody brings (未落实); values are scaled by `decimals`."""

    code: str
    title: str
    unit: str  # code of who holds it
    unit_name: str
    display_unit: str
    decimals: int
    held: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A unit that the plan asks for nothing."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is not covered: each list is cut, its count is not."""

    units: int
    unplaced: tuple[Unplaced, ...]
    idle: tuple[Idle, ...]
    idle_count: int
    lacking: tuple[Lacking, ...]
    lacking_count: int

    @property
    def is_whole(self) -> bool:
        """Every goal is somebody's, every unit has something to do and somebody to do it."""
        return not (self.unplaced or self.idle_count or self.lacking_count)


def coverage(
    session: Session, plan: Plan, *, unit: int, at: datetime, limit: int = LISTED
) -> Coverage:
    """This function will tell what is not covered at a unit and below, or will not be.

    A plan that was not sent down has no tree of its own yet: then all of it is told.
    """
    if plan.status == PlanStatus.DRAFT:
        return _before(session, plan, at=at, limit=limit)
    units = subtree_of(plan.id, unit)
    idle, count = _idle(session, plan, units, limit=limit)
    return Coverage(
        units=session.scalar(select(func.count()).select_from(units.subquery())) or 0,
        unplaced=(
            *_nobody_reports(session, plan, unit=unit),
            *_unplaced(session, plan, units, limit=limit),
        ),
        idle=idle,
        idle_count=count,
        lacking=tuple(list_lacking(session, units, at=at, limit=limit)),
        lacking_count=count_lacking(session, units, at=at),
    )


def count_lacking_below(session: Session, issuer: int, *, at: datetime) -> int:
    """This function will count the units of an issuer without an account or a liaison."""
    return count_lacking(session, _from(issuer), at=at)


def _from(issuer: int) -> Select[tuple[int]]:
    return select(Unit.id).where(or_(Unit.id == issuer, Unit.id.in_(units_below([issuer]))))


def _before(session: Session, plan: Plan, *, at: datetime, limit: int) -> Coverage:
    units = _from(plan.issuer)
    codes = uncovered_by(session, plan)
    rows = select(Unit.code, Unit.name, Unit.kind).where(Unit.code.in_(codes[:limit]))
    return Coverage(
        units=session.scalar(select(func.count()).select_from(units.subquery())) or 0,
        unplaced=(),
        idle=tuple(Idle(*row) for row in session.execute(rows.order_by(Unit.code))),
        idle_count=len(codes),
        lacking=tuple(list_lacking(session, units, at=at, limit=limit)),
        lacking_count=count_lacking(session, units, at=at),
    )


def _idle(
    session: Session, plan: Plan, units: Select[tuple[int]], *, limit: int
) -> tuple[tuple[Idle, ...], int]:
    # One that was exempted or withdrawn had its goal: that was decided, not forgotten.
    targets = select(Target.id).where(Target.plan == plan.id)
    busy = exists().where(Assignment.unit == Unit.id, Assignment.target.in_(targets))
    idle = (Unit.id.in_(units), Unit.id != plan.issuer, ~busy)
    rows = select(Unit.code, Unit.name, Unit.kind).where(*idle).order_by(Unit.code).limit(limit)
    count = session.scalar(select(func.count()).select_from(Unit).where(*idle)) or 0
    return tuple(Idle(*row) for row in session.execute(rows)), count


def _nobody_reports(session: Session, plan: Plan, *, unit: int) -> list[Unplaced]:
    """Targets without a number that no unit reports; told to the issuer, who sent them."""
    if unit != plan.issuer:
        return []
    reports = exists().where(Assignment.target == Target.id, Assignment.report_status.not_in(ASIDE))
    measured = exists().where(Quota.target == Target.id)
    rows = session.execute(
        select(Target.code, TargetVersion.title, Unit.code, Unit.name)
        .join(TargetVersion, TargetVersion.target == Target.id)
        .join(Unit, Unit.id == plan.issuer)
        .where(TargetVersion.to_version.is_(None), Target.id.in_(launched_targets(session, plan)))
        .where(~reports, ~measured)
        .order_by(TargetVersion.position)
    )
    return [
        Unplaced(code, title, unit_code, name, "", 0, 0, 0) for code, title, unit_code, name in rows
    ]


def _unplaced(
    session: Session, plan: Plan, units: Select[tuple[int]], *, limit: int
) -> list[Unplaced]:
    """Holders of more than they keep and their children bring; who is exempt brings nothing."""
    held, child, under = aliased(Quota), aliased(Quota), aliased(Assignment)
    brings = or_(under.hold_status.not_in(ASIDE), under.report_status.not_in(ASIDE))
    placed = held.own + func.sum(case((brings, func.coalesce(child.held, 0)), else_=0))
    tree, version = Node.tree == str(Tree.RESPONSIBILITY), TargetVersion
    here = and_(Node.parent == held.unit, Node.plan == plan.id, tree, Node.to_edition.is_(None))
    of_child = and_(child.unit == Node.unit, child.target == held.target, child.valid_to.is_(None))
    rows = session.execute(
        select(
            Target.code, version.title, Unit.code, Unit.name, Indicator.display_unit,
            Indicator.decimals, held.held, cast(held.held - placed, BigInteger),
        )
        .select_from(held)
        .join(Assignment, and_(Assignment.target == held.target, Assignment.unit == held.unit))
        .join(Target, and_(Target.id == held.target, Target.plan == plan.id))
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Unit, Unit.id == held.unit)
        .outerjoin(Node, here)
        .outerjoin(child, of_child)
        .outerjoin(under, and_(under.target == child.target, under.unit == child.unit))
        .where(held.valid_to.is_(None), held.unit.in_(units))
        .where(Assignment.hold_status.not_in(ASIDE))
        .group_by(
            held.target, held.unit, held.held, held.own, Target.code, version.title,
            version.position, Unit.code, Unit.name, Indicator.display_unit, Indicator.decimals,
        )
        .having(held.held > placed)
        .order_by(version.position, Unit.code)
        .limit(limit)
    )  # fmt: skip
    return [Unplaced(*row) for row in rows]
