"""现在在谁手里: every open item of the opened rounds, by who must act next and how long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.reports.models import Acceptance, Report, ReviewReturn, Status, Submission
from shuangyong_core.rollups.queries.late import (
    DUE,
    ROUND,
    STATE,
    TODAY,
    is_state_of_item,
    items_below,
)
from shuangyong_core.rollups.queries.place import (
    NODE,
    UNIT,
    Place,
    UnitRef,
    current,
    place_of,
    unit_columns,
)
from shuangyong_core.units.models import Tree


class Stage(StrEnum):
    """Where an open item stands, in the order of the page."""

    OVERDUE = "overdue"  # 未报，已过时限
    UNREPORTED = "unreported"  # 未报，未到时限
    WAITING_HOLDER = "waiting_holder"  # 待街道审核
    WAITING_ISSUER = "waiting_issuer"  # 待区核对
    RETURNED = "returned"  # 退回修改
    REVIEWING = "reviewing"  # 复核中


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds the items of one stage, and the longest they were held, in working days."""

    stage: Stage
    units: tuple[UnitRef, ...]  # by code
    reports: int
    items: int
    workdays: int


@dataclass(frozen=True, slots=True)
class _Open:
    """The open items of one report."""

    stage: Stage
    holder: UnitRef
    items: int
    since: date


def holders_now(
    session: Session, plan: int, unit: int, *, today: date, tree: Tree = Tree.RESPONSIBILITY
) -> list[Holding]:
    """This function will say in whose hands the open items are. Raises NoPlace."""
    return holders_of(session, place_of(session, plan, unit, tree=tree), today=today)


def holders_of(session: Session, place: Place, *, today: date) -> list[Holding]:
    """This function will say in whose hands the open items of a place are."""
    stages: dict[Stage, list[_Open]] = defaultdict(list)
    for row in session.execute(_open_reports(), place.asked | {"today": today}):
        opened = _read(row, place, today)
        stages[opened.stage].append(opened)
    calendar = get_calendar(session)
    return [
        Holding(
            stage=stage,
            units=tuple(sorted({held.holder for held in stages[stage]})),
            reports=len(stages[stage]),
            items=sum(held.items for held in stages[stage]),
            workdays=max(
                max(calendar.workdays_between(held.since, today), 0) for held in stages[stage]
            ),
        )
        for stage in Stage
        if stage in stages
    ]


@cache
def _open_reports() -> Select[Any]:
    above, holder, report = NODE.alias("above"), UNIT.alias("holder"), Report.__table__
    reviewed_by = and_(
        above.c.unit == DUE.c.unit, *current(above, literal(Tree.RESPONSIBILITY.value))
    )
    columns = [column.label(f"unit_{column.key}") for column in unit_columns(UNIT.c)]
    columns += [column.label(f"above_{column.key}") for column in unit_columns(holder.c)]
    unsent = and_(STATE.c.reported == 0, DUE.c.due < TODAY)
    is_past = case((DUE.c.is_backfill, 0), (unsent, 1), else_=0)
    return (
        items_below(*columns, report.c.status, func.count().label("items"))
        .add_columns(func.min(DUE.c.due).label("due"), func.max(is_past).label("is_past"))
        .add_columns(*_instants(report))
        .join(STATE, and_(is_state_of_item(), STATE.c.accepted == 0))
        .join(UNIT, UNIT.c.id == DUE.c.unit)
        .join(above, reviewed_by)
        .outerjoin(holder, holder.c.id == above.c.parent)
        .outerjoin(report, and_(report.c.unit == DUE.c.unit, report.c.round == DUE.c.round))
        .where(ROUND.c.opens_on <= TODAY)
        .group_by(*unit_columns(UNIT.c), *unit_columns(holder.c), report.c.id, report.c.status)
        .group_by(report.c.latest_no, DUE.c.round, is_past)
    )


def _instants(report: Any) -> list[Any]:
    """Since when the report stands as it does: sent, returned or reopened."""
    sent = select(Submission.at).where(
        Submission.report == report.c.id, Submission.no == report.c.latest_no
    )
    returned = select(func.max(ReviewReturn.at)).where(ReviewReturn.report == report.c.id)
    reopened = select(func.max(Acceptance.revoked_at)).where(Acceptance.report == report.c.id)
    named: Iterable[tuple[str, Any]] = (
        ("sent_at", sent),
        ("returned_at", returned),
        ("reopened_at", reopened),
    )
    return [query.correlate(report).scalar_subquery().label(name) for name, query in named]


def _read(row: Any, place: Place, today: date) -> _Open:
    unit = UnitRef(row.unit_code, row.unit_id, row.unit_name, row.unit_kind)
    above = unit
    if row.above_id is not None:
        above = UnitRef(row.above_code, row.above_id, row.above_name, row.above_kind)
    instants: dict[str, tuple[Stage, UnitRef, datetime | None]] = {
        Status.RETURNED: (Stage.RETURNED, unit, row.returned_at),
        Status.REOPENED: (Stage.REVIEWING, unit, row.reopened_at),
    }
    issuer = Stage.WAITING_ISSUER if above.id == place.issuer else Stage.WAITING_HOLDER
    for status in (Status.SUBMITTED, Status.CHECKED):
        instants[status] = (issuer, above, row.sent_at)
    stage, holder, at = instants.get(row.status, (None, unit, None))
    if stage is None:
        stage = Stage.OVERDUE if row.is_past else Stage.UNREPORTED
    since = row.due if row.is_past else max(row.due, today)
    return _Open(stage, holder, row.items, shanghai_date(at) if at else since)
