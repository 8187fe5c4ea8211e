"""How each kind of unit reported last year: what a rehearsal expects of the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.reports.models import Report, Submission
from shuangyong_core.supervision.rules.rehearsal import Habit
from shuangyong_core.units.models import Unit


def habits_before(
    session: Session, *, issuer: int, year: int, calendar: Calendar, today: date
) -> tuple[int | None, dict[str, Habit]]:
    """This function will give the habits of the latest earlier plan with rounds due, and its year.

    Habits go by kind of unit; 补录 and rounds not due before `today` say nothing and are left out.
    """
    earlier = (
        select(Plan.year)
        .where(Plan.issuer == issuer, Plan.year < year, Plan.launched_at.is_not(None))
        .order_by(Plan.year.desc())
    )
    for before in session.scalars(earlier.distinct()):
        found = _habits(session.execute(_reports(issuer, before, today)), calendar)
        if found:
            return before, found
    return None, {}


def _reports(issuer: int, year: int, today: date) -> Select[tuple[Any, ...]]:
    """One row a unit and round: its kind, the date it had, the instant of its first submission."""
    first = and_(Submission.report == Report.id, Submission.no == 1)
    return (
        select(Unit.kind, func.max(DueItem.due), func.min(Submission.at))
        .select_from(DueItem)
        .join(Target, Target.id == DueItem.target)
        .join(Plan, Plan.id == Target.plan)
        .join(Unit, Unit.id == DueItem.unit)
        .outerjoin(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
        .outerjoin(Submission, first)
        .where(Plan.issuer == issuer, Plan.year == year, DueItem.valid_to.is_(None))
        .where(DueItem.is_backfill.is_(False))
        .group_by(Unit.kind, DueItem.unit, DueItem.round)
        .having(func.max(DueItem.due) < today)
    )


def _habits(rows: Iterable[Any], calendar: Calendar) -> dict[str, Habit]:
    reports: dict[str, Counter[int]] = defaultdict(Counter)
    never: Counter[str] = Counter()
    for kind, due, at in rows:
        if at is None:
            never[kind] += 1
        else:
            reports[kind][_offset(due, shanghai_date(at), calendar)] += 1
    kinds = sorted({*reports, *never})
    return {kind: Habit(dict(reports[kind]), never[kind]) for kind in kinds}


def _offset(due: date, day: date, calendar: Calendar) -> int:
    if day <= due:
        return calendar.workdays_between(due, day)
    # A weekend right after the date has no working day yet, and is late all the same.
    return max(calendar.workdays_between(due, day), int(day - due > timedelta(0)))
