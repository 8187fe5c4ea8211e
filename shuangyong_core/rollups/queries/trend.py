"""Accepted items by date, against what the plan would have by then: milestones, not a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from typing import Any

from sqlalchemy import Select, and_, func
from sqlalchemy.orm import Session

from shuangyong_core.clock import shanghai_date
from shuangyong_core.reports.models import Acceptance, Figure, Report
from shuangyong_core.rollups.queries.late import DUE, items_below
from shuangyong_core.rollups.queries.place import Place, place_of
from shuangyong_core.rollups.queries.planned import Planned, read_planned
from shuangyong_core.rollups.queries.states import TARGET
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A running number of items on a day; `label` is the round that falls due."""

    date: date
    items: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """已审核 against 按计划应达."""

    accepted: tuple[TrendPoint, ...]
    planned: tuple[TrendPoint, ...]


def trend(session: Session, plan: int, unit: int, *, tree: Tree = Tree.RESPONSIBILITY) -> Trend:
    """This function will give both running numbers of the year. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    return trend_of(session, place, read_planned(session, place))


def trend_of(session: Session, place: Place, planned: Sequence[Planned]) -> Trend:
    """This function will give both running numbers from what is planned."""
    return Trend(accepted=_accepted(session, place), planned=_planned(planned))


def _accepted(session: Session, place: Place) -> tuple[TrendPoint, ...]:
    moves: list[tuple[datetime, int]] = []
    for accepted_at, revoked_at, items in session.execute(_acceptances(), place.asked):
        moves.append((accepted_at, items))
        if revoked_at is not None:
            moves.append((revoked_at, -items))
    return _running((shanghai_date(at), items) for at, items in moves)


@cache
def _acceptances() -> Select[Any]:
    report, accepted, figure = Report.__table__, Acceptance.__table__, Figure.__table__
    is_figure = and_(
        figure.c.report == accepted.c.report,
        figure.c.no == accepted.c.no,
        figure.c.indicator == TARGET.c.indicator,
        figure.c.state.in_(["reported", "not_involved"]),
    )
    instants = (accepted.c.accepted_at, accepted.c.revoked_at)
    return (
        items_below(*instants, func.count())
        .join(report, and_(report.c.unit == DUE.c.unit, report.c.round == DUE.c.round))
        .join(accepted, accepted.c.report == report.c.id)
        .join(figure, is_figure)
        .group_by(*instants)
    )


def _planned(planned: Sequence[Planned]) -> tuple[TrendPoint, ...]:
    labels: dict[date, str] = {}
    for one in planned:
        labels[one.due] = min(labels.get(one.due, one.round_code), one.round_code)
    return tuple(
        TrendPoint(point.date, point.items, labels[point.date])
        for point in _running((one.due, one.items) for one in planned)
    )


def _running(moves: Iterable[tuple[date, int]]) -> tuple[TrendPoint, ...]:
    by_day: dict[date, int] = defaultdict(int)
    for day, items in moves:
        by_day[day] += items
    days = sorted(by_day)
    sums = accumulate(by_day[day] for day in days)
    return tuple(TrendPoint(day, items) for day, items in zip(days, sums, strict=True))
