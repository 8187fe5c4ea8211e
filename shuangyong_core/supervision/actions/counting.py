"""Counts for the automatic targets `handouts` and `problems`, and marks what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import Assignment
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Round, Target, TargetReporter, TargetVersion
from shuangyong_core.reports.actions.count import recount
from shuangyong_core.rollups.actions.statements.dialects import shanghai_date_of
from shuangyong_core.supervision.models import Handout, HandoutUnit, Problem
from shuangyong_core.supervision.rules.handouts import WAITING, UnitStatus
from shuangyong_core.units.models import Unit

HANDOUTS, PROBLEMS = "handouts", "problems"


def count_handouts(session: Session, *, plans: Sequence[int], at: datetime) -> None:
    """This function will count what was closed in time of what was due, by unit and round.

    Due is what is struck off or late. What was reported in time and waits to be struck off counts
    for neither: a slow hand above makes nobody late.
    """
    counted = handouts_counted(plans, today=shanghai_date(at))
    recount(session, counted, targets=_targets(plans, HANDOUTS), at=at)


def count_problems(session: Session, *, plans: Sequence[int], at: datetime) -> None:
    """This function will count what was answered of what lies with each unit, by round."""
    recount(session, problems_counted(plans), targets=_targets(plans, PROBLEMS), at=at)


def handouts_counted(plans: Sequence[int], *, today: date) -> Select[Any]:
    """This function will select the counts of hand-outs as they stand on a day."""
    closed = HandoutUnit.status == UnitStatus.CLOSED.value
    in_time = and_(closed, ~HandoutUnit.was_late)
    waiting = HandoutUnit.status.in_([each.value for each in WAITING])
    overdue = and_(waiting, or_(HandoutUnit.was_late, HandoutUnit.answer_by < today))
    reported_late = and_(HandoutUnit.status == UnitStatus.REPORTED.value, HandoutUnit.was_late)
    items = (
        select(Handout.plan, HandoutUnit.unit, HandoutUnit.due_date.label("on"))
        .add_columns(case((in_time, 1), else_=0).label("done"))
        .join(Handout, Handout.id == HandoutUnit.handout)
        .where(Handout.plan.in_(plans), or_(closed, overdue, reported_late))
    )
    return _by_round(items, HANDOUTS)


def problems_counted(plans: Sequence[int]) -> Select[Any]:
    """This function will select the counts of problems, by the day they were raised."""
    raised = shanghai_date_of(Problem.raised_at)
    items = (
        select(Problem.plan, Problem.holder.label("unit"), raised.label("on"))
        .add_columns(case((Problem.answered_at.is_not(None), 1), else_=0).label("done"))
        .where(Problem.plan.in_(plans))
    )
    return _by_round(items, PROBLEMS)


def _by_round(items: Select[Any], rule: str) -> Select[Any]:
    """What the items add up to for the units that a target of the rule asks for."""
    each = items.subquery("items").c
    joins = _round_of(each.on)
    found = (
        select(Target.id.label("target"), each.unit.label("unit"), joins.label("round"), each.done)
        .join(Target, Target.plan == each.plan)
        .join(TargetVersion, _today())
        .join(Assignment, and_(Assignment.target == Target.id, Assignment.unit == each.unit))
        .join(Unit, Unit.id == each.unit)
        .where(TargetVersion.automatic == rule)
        .subquery("found")
        .c
    )
    keys = (found.target, found.unit, found.round)
    return (
        select(*keys)
        .add_columns(func.sum(found.done).label("numerator"))
        .add_columns(func.count().label("denominator"))
        .where(found.round.is_not(None))
        .group_by(*keys)
    )


def _round_of(on: ColumnElement[date]) -> ColumnElement[int]:
    """It joins the first round due on or after its day; after the last, the last."""
    later = _asked().where(Round.due_date >= on).order_by(Round.due_date).limit(1)
    latest = _asked().order_by(Round.due_date.desc()).limit(1)
    return func.coalesce(later.scalar_subquery(), latest.scalar_subquery())


def _asked() -> Select[tuple[int]]:
    reporter = aliased(TargetReporter)
    return (
        select(Round.id)
        .join(reporter, reporter.round == Round.id)
        .where(reporter.target == Target.id, reporter.from_version == TargetVersion.from_version)
        .where(or_(reporter.who == Unit.kind, reporter.who == Unit.code))
        .correlate(Target, TargetVersion, Unit)
    )


def _today() -> ColumnElement[bool]:
    return and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))


def _targets(plans: Sequence[int], rule: str) -> Select[tuple[int]]:
    found = select(Target.id).join(TargetVersion, _today())
    return found.where(Target.plan.in_(plans), TargetVersion.automatic == rule)
