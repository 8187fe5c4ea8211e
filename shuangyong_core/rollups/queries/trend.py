"""Accepted items by date, against what the plan would have by then: milestones, not a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from sqlalchemy import and_, func
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Round, Target
from shuangyong_core.reports.models import Acceptance, Figure, Report
from shuangyong_core.rollups.queries.overview import items_below
from shuangyong_core.rollups.queries.place import Place, place_of
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
    return Trend(accepted=_accepted(session, place), planned=_planned(session, place))


def _accepted(session: Session, place: Place) -> tuple[TrendPoint, ...]:
    rows = session.execute(
        items_below(place, Acceptance.accepted_at, Acceptance.revoked_at, func.count())
        .join(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
        .join(Acceptance, Acceptance.report == Report.id)
        .join(
            Figure,
            and_(
                Figure.report == Acceptance.report,
                Figure.no == Acceptance.no,
                Figure.indicator == Target.indicator,
                Figure.state.in_(["reported", "not_involved"]),
            ),
        )
        .group_by(Acceptance.accepted_at, Acceptance.revoked_at)
    )
    moves: list[tuple[datetime, int]] = []
    for accepted_at, revoked_at, items in rows:
        moves.append((accepted_at, items))
        if revoked_at is not None:
            moves.append((revoked_at, -items))
    return _running((shanghai_date(at), items) for at, items in moves)


def _planned(session: Session, place: Place) -> tuple[TrendPoint, ...]:
    rows = session.execute(
        items_below(place, DueItem.due, func.count(), func.min(Round.code)).group_by(DueItem.due)
    ).all()
    labels = {due: code for due, _, code in rows}
    return tuple(
        TrendPoint(point.date, point.items, labels[point.date])
        for point in _running((due, items) for due, items, _ in rows)
    )


def _running(moves: Iterable[tuple[date, int]]) -> tuple[TrendPoint, ...]:
    by_day: dict[date, int] = defaultdict(int)
    for day, items in moves:
        by_day[day] += items
    days = sorted(by_day)
    sums = accumulate(by_day[day] for day in days)
    return tuple(TrendPoint(day, items) for day, items in zip(days, sums, strict=True))
