"""Where many units stand in one round, for workbooks: a handful of queries however many units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.plans.models import Node
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.reports.models import (
    Draft,
    Figure,
    FigureKey,
    FigurePart,
    Report,
    ReviewReturn,
    Submission,
)
from shuangyong_core.reports.queries.figures import VALUES, value_of
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reach import WRITERS
from shuangyong_core.reports.queries.required import DueFigure, due_figures_of
from shuangyong_core.reports.rules.required import FigureValue
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.reports.rules.workbook.layout import Standing
from shuangyong_core.units.models import Unit

Units = Select[tuple[int]] | Sequence[int]
Values = Mapping[int, FigureValue]


@dataclass(frozen=True, slots=True)
class UnitRound:
    """A unit in a round: where it stands, what is due with its goals, what is to be mended."""

    standing: Standing
    due: tuple[DueFigure, ...]
    fixes: Mapping[str, str]


def list_unit_rounds(
    session: Session, place: Place, units: Units, *, actor: Actor
) -> list[UnitRound]:
    """This function will say where the units stand that have something due, by code."""
    due = due_figures_of(session, units, place.round)
    reports = {row.unit: row for row in session.execute(_reports(place.round, list(due)))}
    values = _values(session, place.round, list(due))
    named = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind)
        .where(Unit.id.in_(list(due))).order_by(Unit.code)
    )  # fmt: skip
    writable = _writable(session, place.plan, list(due), actor)
    return [
        _unit_round(row, due[row.id], reports.get(row.id), values, may_write=row.id in writable)
        for row in named
    ]


def _reports(round_id: int, units: Sequence[int]) -> Select[Any]:
    sent = and_(Submission.report == Report.id, Submission.no == Report.latest_no)
    asked = and_(ReviewReturn.report == Report.id, ReviewReturn.no == Report.latest_no)
    columns: tuple[Any, ...] = (
        Report.id, Report.unit, Report.status, Report.version, Report.latest_no,
        Draft.body, Submission.note, ReviewReturn.reason, ReviewReturn.fields,
    )  # fmt: skip
    return (
        select(*columns)
        .outerjoin(Draft, Draft.report == Report.id)
        .outerjoin(Submission, sent)
        .outerjoin(ReviewReturn, asked)
        .where(Report.round == round_id, Report.unit.in_(units))
    )


def _values(session: Session, round_id: int, units: Sequence[int]) -> dict[int, Values]:
    here = and_(Report.round == round_id, Report.unit.in_(units))

    def latest(table: type[Figure | FigurePart | FigureKey], *columns: Any) -> Select[Any]:
        last = and_(table.report == Report.id, table.no == Report.latest_no)
        return select(Report.id, *columns).join(table, last).where(here)

    parts: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    columns = (FigurePart.indicator, FigurePart.part, FigurePart.value)
    for report, indicator, part, value in session.execute(latest(FigurePart, *columns)):
        parts[report, indicator].append((part, value))
    keys: dict[tuple[int, int], list[str]] = defaultdict(list)
    for report, indicator, key in session.execute(
        latest(FigureKey, FigureKey.indicator, FigureKey.key)
    ):
        keys[report, indicator].append(key)
    found: dict[int, dict[int, FigureValue]] = defaultdict(dict)
    for report, *row in session.execute(latest(Figure, *VALUES)):
        value = value_of(row)
        found[report][value.indicator] = replace(
            value,
            parts=tuple(sorted(parts[report, value.indicator])),
            keys=tuple(sorted(keys[report, value.indicator])),
        )
    return {report: values for report, values in found.items()}


def _writable(session: Session, plan: int, units: Sequence[int], actor: Actor) -> set[int]:
    if actor.is_unlimited:
        return set(units)
    return set(session.scalars(units_in_reach(plan, actor, *WRITERS).where(Node.unit.in_(units))))


def _unit_round(
    unit: Any,
    due: tuple[DueFigure, ...],
    report: Any,
    values: Mapping[int, Values],
    *,
    may_write: bool,
) -> UnitRound:
    items = tuple(item.required for item in due)
    fresh = Standing(
        unit.id, unit.code, unit.name, unit.kind, items,
        may_write=may_write, is_backfill=any(item.is_backfill for item in due),
        put_off_to=max((item.due for item in due if item.required.may_wait), default=None),
    )  # fmt: skip
    if report is None:
        return UnitRound(fresh, due, {})
    status = Status(report.status)
    is_returned = status is Status.RETURNED
    figures = report.body.get("figures") if isinstance(report.body, dict) else None
    standing = replace(
        fresh,
        status=status,
        version=report.version,
        latest_no=report.latest_no,
        values=values.get(report.id),
        note=report.note or "",
        reason=(report.reason or "") if is_returned else "",
        drafted=len(figures) if isinstance(figures, dict) and status is Status.DRAFT else 0,
    )
    return UnitRound(standing, due, (report.fields or {}) if is_returned else {})
