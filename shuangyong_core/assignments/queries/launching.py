"""How far a launch has come: which targets since when, its branches, what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.assignments.queries.branches import in_the_plan
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Node, Plan, Target, TargetReporter, TargetVersion
from shuangyong_core.units.models import Unit

TARGET = "target"  # the subject of the two steps below
LAUNCHING = "launching"
LAUNCHED = "launched"


@dataclass(frozen=True, slots=True)
class Missing:
    """What targets should have and lack."""

    assignments: int
    due_items: int


def launched_targets(session: Session, plan: Plan) -> dict[int, datetime]:
    """This function will give the targets sent down, or being sent, and since when."""
    found = (
        select(Step.subject_id, func.min(Step.at))
        .join(Target, Target.id == Step.subject_id)
        .where(Step.subject_kind == TARGET, Step.to_status == LAUNCHING, Target.plan == plan.id)
        .group_by(Step.subject_id)
    )
    return dict(session.execute(found).tuples().all())


def unfinished_targets(session: Session, plan: Plan) -> Sequence[int]:
    """This function will give the targets whose sending down has begun and not ended."""
    return session.scalars(
        _unfinished(Target.id).where(Target.plan == plan.id).order_by(Target.id)
    ).all()


def list_unfinished_plans(session: Session) -> Sequence[int]:
    """This function will give the plans with a launch that has begun and not ended."""
    return session.scalars(_unfinished(Target.plan).distinct().order_by(Target.plan)).all()


def count_assignments_by_target(session: Session, plan: Plan) -> dict[str, int]:
    """This function will count the assignments of every target of a plan, by code."""
    found = (
        select(Target.code, func.count(Assignment.unit))
        .join(Assignment, Assignment.target == Target.id, isouter=True)
        .where(Target.plan == plan.id)
        .group_by(Target.code)
        .order_by(Target.code)
    )
    return dict(session.execute(found).tuples().all())


def count_missing(session: Session, plan: Plan, targets: Collection[int]) -> Missing:
    """This function will count what targets should have and lack: reporters and due items."""
    kinds, codes = _count_kinds(session, plan), _kinds_by_code(session, plan)
    reporters = due_items = 0
    for (_, round_), (whos, is_counted) in _whos(session, targets).items():
        units = sum(kinds.get(who, 0) for who in whos)
        units += sum(1 for who in whos if who in codes and codes[who] not in whos)
        reporters += units if round_ is None else 0
        due_items += units if round_ is not None and not is_counted else 0
    kept = select(func.count()).select_from(Assignment).where(Assignment.role != "hold")
    owed = select(func.count()).select_from(DueItem)
    return Missing(
        reporters - (session.scalar(kept.where(Assignment.target.in_(targets))) or 0),
        due_items - (session.scalar(owed.where(DueItem.target.in_(targets))) or 0),
    )


def _count_kinds(session: Session, plan: Plan) -> dict[str, int]:
    units = select(Unit.kind, func.count()).join(Node, Node.unit == Unit.id)
    return dict(session.execute(units.where(*in_the_plan(plan)).group_by(Unit.kind)).tuples().all())


def _kinds_by_code(session: Session, plan: Plan) -> dict[str, str]:
    named = select(TargetReporter.who).join(Target).where(Target.plan == plan.id)
    units = select(Unit.code, Unit.kind).join(Node, Node.unit == Unit.id)
    found = units.where(*in_the_plan(plan), Unit.code.in_(named))
    return dict(session.execute(found).tuples().all())


def _whos(
    session: Session, targets: Collection[int]
) -> dict[tuple[int, int | None], tuple[set[str], bool]]:
    """Who reports a target in each round, and under None in any; and whether it is counted."""
    reporter, version = TargetReporter, TargetVersion
    rows = session.execute(
        select(reporter.target, reporter.round, reporter.who, version.automatic)
        .join(version, version.target == reporter.target)
        .where(version.from_version == reporter.from_version, version.to_version.is_(None))
        .where(reporter.target.in_(targets))
    )
    found: dict[tuple[int, int | None], tuple[set[str], bool]] = {}
    for target, round_, who, automatic in rows:
        for key in ((target, round_), (target, None)):
            found.setdefault(key, (set(), automatic is not None))[0].add(who)
    return found


def _unfinished(column: object) -> Select[tuple[int]]:
    begun, ended = aliased(Step), aliased(Step)
    done = exists().where(
        ended.subject_kind == TARGET,
        ended.to_status == LAUNCHED,
        ended.subject_id == begun.subject_id,
    )
    sent = and_(begun.subject_kind == TARGET, begun.subject_id == Target.id)
    chosen: Select[tuple[int]] = select(column)  # type: ignore[call-overload]
    return chosen.select_from(Target).join(begun, sent).where(begun.to_status == LAUNCHING, ~done)
