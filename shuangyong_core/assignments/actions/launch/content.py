"""What a cascade needs to know of the plan: its targets as they read now, and its nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Subquery, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.work import UNITS
from shuangyong_core.plans.models import Plan, Target, TargetReporter, TargetVersion

BASE = "base:"
# Memory stays flat whatever the size of the tree: the work tables hold one batch.
ROWS_IN_A_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class TargetContent:
    """A target as the cascade sees it."""

    id: int
    code: str
    is_automatic: bool
    has_total: bool
    base: str | None  # the base its total is split by


def list_contents(session: Session, plan: Plan, targets: Collection[int]) -> list[TargetContent]:
    """This function will read the targets of a plan by id, in the order of its forms."""
    version = TargetVersion
    rows = session.execute(
        select(Target.id, Target.code, version.automatic, version.goal_kind, version.split)
        .join(version, version.target == Target.id)
        .where(version.to_version.is_(None), Target.plan == plan.id)
        .order_by(version.position, Target.id)
    )
    return [
        TargetContent(
            id=target,
            code=code,
            is_automatic=automatic is not None,
            has_total=kind == "total" and automatic is None,
            base=split.removeprefix(BASE) if split.startswith(BASE) else None,
        )
        for target, code, automatic, kind, split in rows
        if target in targets
    ]


def names_units(session: Session, plan: Plan) -> bool:
    """This function will tell whether a target of the plan names a unit taken by its code."""
    named = (
        select(TargetReporter.who)
        .join(UNITS, UNITS.c.code == TargetReporter.who)
        .join(Target, Target.id == TargetReporter.target)
    )
    return session.scalar(named.where(Target.plan == plan.id).limit(1)) is not None


@cache
def groups() -> Subquery:
    """This function will give who reports each target, the value for each, the base to weigh by."""
    version, reporter = TargetVersion, TargetReporter
    kind = func.coalesce(reporter.goal_kind, version.goal_kind)
    value = func.coalesce(reporter.goal, version.goal)
    base = case((version.split.startswith(BASE), func.substr(version.split, len(BASE) + 1)))
    return (
        select(
            reporter.target,
            reporter.who,
            func.max(reporter.from_version).label("version"),
            func.max(case((kind == "total", 1), else_=0)).label("total"),
            func.max(case((kind == "each", value))).label("each"),
            # Shares set by hand are weights that add up to the total.
            func.max(case((version.split == "manual", reporter.goal))).label("shares"),
            func.max(base).label("base"),
            func.max(case((version.automatic.is_not(None), 1), else_=0)).label("counted"),
        )
        .join(version, current_content())
        .where(reporter.target.in_(bindparam("targets", expanding=True)))
        .group_by(reporter.target, reporter.who)
        .subquery("groups")
    )


def current_content() -> ColumnElement[bool]:
    """This function will give the join of a group with the content in force."""
    return and_(
        TargetVersion.target == TargetReporter.target,
        TargetVersion.from_version == TargetReporter.from_version,
        TargetVersion.to_version.is_(None),
    )


def batches(contents: Sequence[TargetContent], *, units: int) -> Iterator[Sequence[TargetContent]]:
    """This function will cut the targets so that a batch stays within ROWS_IN_A_BATCH rows."""
    size = max(1, ROWS_IN_A_BATCH // max(units, 1))
    for start in range(0, len(contents), size):
        yield contents[start : start + size]
