"""Figures as they stand: of submissions, and of a unit's other rounds for comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Round, Target
from shuangyong_core.reports.models import Acceptance, Figure, FigureKey, FigurePart, Report
from shuangyong_core.reports.rules.required import FigureState, FigureValue
from shuangyong_core.reports.rules.status import Status

VALUES: tuple[Any, ...] = (
    Figure.indicator, Figure.state, Figure.numerator, Figure.denominator, Figure.text,
    Figure.covered,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherRound:
    """What a unit reported for a target in another round; accepted, or waiting for review."""

    plan: int
    round_title: str
    due_date: date
    is_accepted: bool
    value: FigureValue


def figures_of(
    session: Session, report: int, nos: Collection[int]
) -> dict[int, dict[int, FigureValue]]:
    """This function will give the figures of submissions: by number, then by indicator."""
    columns: tuple[Any, ...] = (Figure.no, *VALUES)
    found: dict[int, dict[int, FigureValue]] = {no: {} for no in nos}
    for no, *rest in session.execute(
        select(*columns).where(Figure.report == report, Figure.no.in_(nos))
    ):
        found[no][rest[0]] = value_of(rest)
    parts: dict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
    for part in session.scalars(
        select(FigurePart).where(FigurePart.report == report, FigurePart.no.in_(nos))
    ):
        parts[part.no, part.indicator].append((part.part, part.value))
    keys: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key in session.scalars(
        select(FigureKey).where(FigureKey.report == report, FigureKey.no.in_(nos))
    ):
        keys[key.no, key.indicator].append(key.key)
    for no, indicator in parts.keys() | keys.keys():
        found[no][indicator] = replace(
            found[no][indicator],
            parts=tuple(sorted(parts[no, indicator])),
            keys=tuple(sorted(keys[no, indicator])),
        )
    return found


def other_rounds(
    session: Session, unit: int, *, codes: Collection[str], but: int
) -> dict[str, list[OtherRound]]:
    """This function will give a unit's figures for targets in other rounds, by due date."""
    return other_rounds_of(session, [unit], codes=codes, but=but).get(unit, {})


def other_rounds_of(
    session: Session,
    units: Select[tuple[int]] | Sequence[int],
    *,
    codes: Collection[str],
    but: int,
) -> dict[int, dict[str, list[OtherRound]]]:
    """This function will give many units' figures in other rounds: by unit, by target."""
    found: dict[int, dict[str, list[OtherRound]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(_others(units, codes=codes, but=but))
    for unit, code, plan, title, due_date, accepted, *rest in rows:
        other = OtherRound(plan, title, due_date, accepted is not None, value_of(rest))
        found[unit][code].append(other)
    return found


def _others(
    units: Select[tuple[int]] | Sequence[int], *, codes: Collection[str], but: int
) -> Select[Any]:
    live = and_(Acceptance.report == Report.id, Acceptance.revoked_at.is_(None))
    waits = Report.status.in_((Status.SUBMITTED, Status.CHECKED))
    counting = func.coalesce(Acceptance.no, case((waits, Report.latest_no)))
    target = and_(Target.indicator == Figure.indicator, Target.plan == Round.plan)
    due = and_(DueItem.target == Target.id, DueItem.unit == Report.unit, DueItem.round == Round.id)
    columns: tuple[Any, ...] = (
        Report.unit, Target.code, Round.plan, Round.title, Round.due_date, Acceptance.no,
    )  # fmt: skip
    return (
        select(*columns, *VALUES)
        .select_from(Report)
        .join(Round, Round.id == Report.round)
        .outerjoin(Acceptance, live)
        .join(Figure, and_(Figure.report == Report.id, Figure.no == counting))
        .join(Target, target)
        # A target's own rounds only: 春节 and 八一 visits share an indicator, not a history.
        .join(DueItem, due)
        .where(Report.unit.in_(units), Target.code.in_(codes), Round.id != but)
        .order_by(Round.due_date, Round.id)
    )


def value_of(row: Sequence[Any]) -> FigureValue:
    """This function will read a row of the columns above; parts and aliases lie elsewhere."""
    indicator, state, numerator, denominator, text, covered = row
    return FigureValue(indicator, FigureState(state), numerator, denominator, text, covered)
