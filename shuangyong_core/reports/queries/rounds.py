"""A unit's rounds of the year: what is due in each, by when, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, distinct, func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan, Round, Target, TargetVersion
from shuangyong_core.reports.models import Report, Submission
from shuangyong_core.reports.queries.reach import require_unit_reader
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of a unit: its dates, how many items, where the report stands."""

    code: str
    title: str
    opens_on: date
    due_date: date
    locks_on: date
    is_provisional: bool
    items: int
    report: int | None
    status: Status | None  # nothing: not begun
    latest_no: int
    submitted_at: datetime | None
    is_open: bool
    is_late: bool  # due and never sent; 补录 never is


def list_rounds(
    session: Session, plan: str, unit: str, *, actor: Actor, at: datetime
) -> tuple[RoundLine, ...]:
    """This function will list a unit's rounds that have something due; raises NotFound."""
    ids = session.execute(
        select(Plan.id, Unit.id).join(Unit, Unit.code == unit).where(Plan.code == plan)
    ).first()
    if ids is None:
        raise NotFound
    require_unit_reader(session, plan=ids[0], unit=ids[1], actor=actor)
    today = shanghai_date(at)
    return tuple(_line(row, today) for row in session.execute(_rounds(ids[0], ids[1])))


def _rounds(plan: int, unit: int) -> Select[Any]:
    counted = (
        select(
            DueItem.round,
            func.min(DueItem.due).label("earliest"),
            func.max(DueItem.due).label("latest"),
            func.count(distinct(Target.indicator)).label("due_items"),
            func.count(distinct(case((DueItem.is_backfill, Target.indicator)))).label("backfilled"),
        )
        .join(Target, Target.id == DueItem.target)
        .join(
            TargetVersion,
            and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None)),
        )
        .where(DueItem.unit == unit, DueItem.valid_to.is_(None), TargetVersion.automatic.is_(None))
        .group_by(DueItem.round)
        .subquery()
    )
    latest = and_(Submission.report == Report.id, Submission.no == Report.latest_no)
    columns: tuple[Any, ...] = (
        Round, counted.c.earliest, counted.c.latest, counted.c.due_items, counted.c.backfilled,
        Report.id, Report.status, Report.latest_no, Submission.at,
    )  # fmt: skip
    return (
        select(*columns)
        .join(counted, counted.c.round == Round.id)
        .outerjoin(Report, and_(Report.round == Round.id, Report.unit == unit))
        .outerjoin(Submission, latest)
        .where(Round.plan == plan)
        .order_by(Round.due_date, Round.code)
    )


def _line(row: Sequence[Any], today: date) -> RoundLine:
    round_, earliest, latest, items, backfilled, report, status, latest_no, submitted_at = row
    # What was granted a later date stays open until that day.
    locks_on = max(round_.locks_on, latest) if latest > round_.due_date else round_.locks_on
    return RoundLine(
        code=round_.code,
        title=round_.title,
        opens_on=round_.opens_on,
        due_date=earliest,
        locks_on=locks_on,
        is_provisional=round_.is_provisional,
        items=items,
        report=report,
        status=Status(status) if status else None,
        latest_no=latest_no or 0,
        submitted_at=submitted_at,
        is_open=round_.opens_on <= today and (today <= locks_on or backfilled > 0),
        is_late=(today > earliest and status in (None, Status.DRAFT) and backfilled < items),
    )
