"""What each unit has to report this year, for many units at once: five statements, no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, distinct, func, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DueItem, Quota
from shuangyong_core.plans.models import Node, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries import TargetRow, list_targets
from shuangyong_core.reports.models import Acceptance, Figure, Report
from shuangyong_core.reports.queries.required import Goal
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Tree, Unit

Units = Select[tuple[int]] | Sequence[int]


@dataclass(frozen=True, slots=True)
class YearItem:
    """One number of one round: what, how much in the year, done by when, and what was sent."""

    required: RequiredFigure
    goal: Goal
    done_by: date
    value: FigureValue | None


@dataclass(frozen=True, slots=True)
class YearRound:
    """One round of a unit with all that it asks."""

    standing: Standing
    items: tuple[YearItem, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """A unit, whom it answers to, and its rounds of the year in the order they are due."""

    unit: int
    code: str
    name: str
    kind: str
    superior: str  # name of the unit above; empty for the issuer
    superior_is_issuer: bool
    rounds: tuple[YearRound, ...]

    @property
    def numbers(self) -> int:
        """How many numbers the unit reports in the year; ticks are one each."""
        found = (item.required for round_ in self.rounds for item in round_.items)
        return sum(len(required.tick_parts) or 1 for required in found)


def year_pages(session: Session, plan: Plan, units: Units) -> list[YearPage]:
    """This function will give the year of each unit that reports something, in tree order."""
    items, values = _items(session, plan, units), _values(session, plan, units)
    rounds: dict[int, list[YearRound]] = defaultdict(list)
    for standing in list_standings(session, plan.id, units):
        place = (standing.unit, standing.round)
        listed = (
            YearItem(required, goal, done_by, values.get((*place, required.indicator)))
            for required, goal, done_by in items[place]
        )
        rounds[standing.unit].append(YearRound(standing, tuple(listed)))
    return [
        YearPage(unit, code, name, kind, above or "", parent == plan.issuer, tuple(rounds[unit]))
        for unit, code, name, kind, parent, above in session.execute(_units(plan.id, units))
        if unit in rounds
    ]


def count_pages(session: Session, plan: int, units: Units, *, round: int | None = None) -> int:
    """This function will say how many of the units report something this year, or in a round."""
    in_force = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    statement = (
        select(func.count(distinct(DueItem.unit)))
        .join(Target, Target.id == DueItem.target)
        .join(TargetVersion, in_force)
        .where(Target.plan == plan, TargetVersion.automatic.is_(None))
        .where(DueItem.unit.in_(units), DueItem.valid_to.is_(None))
    )
    if round is not None:
        statement = statement.where(DueItem.round == round)
    return session.scalar(statement) or 0


def _units(plan: int, units: Units) -> Select[Any]:
    above = aliased(Unit)
    return (
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Node.parent, above.name)
        .join(Node, Node.unit == Unit.id)
        .outerjoin(above, above.id == Node.parent)
        .where(Node.plan == plan, Node.tree == Tree.RESPONSIBILITY, Node.to_edition.is_(None))
        .where(Unit.id.in_(units))
        .order_by(Node.path)
    )


def _items(
    session: Session, plan: Plan, units: Units
) -> Mapping[tuple[int, int], list[tuple[RequiredFigure, Goal, date]]]:
    """The items of every unit and round; of two targets of one indicator, the first."""
    targets = {target.id: target for target in list_targets(session, plan.id)}
    quota = and_(
        Quota.target == DueItem.target, Quota.unit == DueItem.unit, Quota.valid_to.is_(None)
    )
    rows = session.execute(
        select(DueItem.unit, DueItem.round, DueItem.target, DueItem.done_by, Quota.own)
        .join(Target, Target.id == DueItem.target)
        .join(
            TargetVersion,
            and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None)),
        )
        .outerjoin(Quota, quota)
        .where(Target.plan == plan.id, TargetVersion.automatic.is_(None))
        .where(DueItem.unit.in_(units), DueItem.valid_to.is_(None))
        .order_by(TargetVersion.position, Target.code)
    )
    found: dict[tuple[int, int], list[tuple[RequiredFigure, Goal, date]]] = defaultdict(list)
    seen: set[tuple[int, int, int]] = set()
    for unit, round_, target, done_by, own in rows:
        row = targets[target]
        if (unit, round_, row.indicator) not in seen:
            seen.add((unit, round_, row.indicator))
            found[unit, round_].append((_required(row, plan.year), _goal(row, own), done_by))
    return found


def _required(row: TargetRow, year: int) -> RequiredFigure:
    return RequiredFigure(
        target=row.id,
        code=row.code,
        title=row.title,
        indicator=row.indicator,
        kind=row.kind,
        display_unit=row.display_unit,
        decimals=row.decimals,
        over_units=row.over_units,
        count_parts=tuple(row.parts.get("count", ())),
        tick_parts=tuple(row.parts.get("tick", ())),
        hint=row.hint,
        year=year,
        is_on_behalf=row.on_behalf_of is not None,
    )


def _goal(row: TargetRow, own: int | None) -> Goal:
    is_ratio = row.goal_kind == "ratio"
    numerator = row.goal if is_ratio else own
    return Goal(
        row.goal_kind, row.per, numerator, row.goal_den if is_ratio else None, row.goal_note
    )


def _values(
    session: Session, plan: Plan, units: Units
) -> Mapping[tuple[int, int, int], FigureValue]:
    """What stands of every unit, round and indicator: accepted, else waiting for review."""
    live = and_(Acceptance.report == Report.id, Acceptance.revoked_at.is_(None))
    waits = Report.status.in_((Status.SUBMITTED, Status.CHECKED))
    standing = func.coalesce(Acceptance.no, case((waits, Report.latest_no)))
    columns: tuple[Any, ...] = (Figure.indicator, Figure.state, Figure.numerator)
    rows = session.execute(
        select(Report.unit, Report.round, *columns, Figure.denominator, Figure.text)
        .join(Round, and_(Round.id == Report.round, Round.plan == plan.id))
        .outerjoin(Acceptance, live)
        .join(Figure, and_(Figure.report == Report.id, Figure.no == standing))
        .where(Report.unit.in_(units))
    )
    return {
        (unit, round_, indicator): FigureValue(indicator, FigureState(state), *more)
        for unit, round_, indicator, state, *more in rows
    }
