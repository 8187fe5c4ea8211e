"""The numbers over a page: the strip on top, the tree beside it, the rounds of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Node, Round, Target
from shuangyong_core.reports.models import Report, Status
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.rollups.queries.place import (
    Place,
    UnitRef,
    current,
    is_childless,
    is_under,
    place_of,
    unit_columns,
)
from shuangyong_core.rollups.queries.tallies import tallies, unreported
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class Strip:
    """The five numbers on top."""

    items: Tally
    expected_by_kind: tuple[tuple[str, int], ...]  # 街道 117 · 社区 645
    waiting_items: int  # 待我审核（汇总核对）
    waiting_reports: int
    waiting_units: tuple[UnitRef, ...]
    overdue_reports: int


@dataclass(frozen=True, slots=True)
class TreeCount:
    """One unit of the tree with 已报/应报."""

    unit: UnitRef
    parent: int | None
    depth: int
    is_inner: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a named round is."""

    id: int
    code: str
    title: str
    opens_on: date
    due_date: date
    locks_on: date
    is_provisional: bool
    tally: Tally


def strip(
    session: Session, plan: int, unit: int, *, today: date, tree: Tree = Tree.RESPONSIBILITY
) -> Strip:
    """This function will give the numbers on top of a unit's page. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    found = tallies(session, place, lambda node: node.unit == unit, today=today)
    waiting = _waiting_for(session, place)
    return Strip(
        items=found.get((unit, 0), Tally()),
        expected_by_kind=_expected_by_kind(session, place, today),
        waiting_items=sum(items for _, _, items in waiting),
        waiting_reports=sum(reports for _, reports, _ in waiting),
        waiting_units=tuple(named for named, _, _ in waiting),
        overdue_reports=_overdue_reports(session, place, today),
    )


def tree_counts(
    session: Session,
    plan: int,
    unit: int,
    *,
    today: date,
    tree: Tree = Tree.RESPONSIBILITY,
    levels: int = 1,
) -> list[TreeCount]:
    """This function will list a unit and those some levels below it with their counts."""
    place = place_of(session, plan, unit, tree=tree)

    def which(node: Any) -> Any:
        if levels == 1:  # by its parent: a range of paths would be tried against every item
            return or_(node.unit == unit, node.parent == unit)
        return is_under(node, place.path) & (node.depth <= place.depth + levels)

    found = tallies(session, place, which, today=today)
    node = aliased(Node)
    rows = session.execute(
        select(node.parent, node.depth, is_childless(node), *unit_columns(Unit))
        .select_from(node)
        .join(Unit, Unit.id == node.unit)
        .where(*current(node, plan, place.tree), which(node))
        .order_by(node.path)
    )
    return [
        TreeCount(named, parent, depth, not childless, found.get((named.id, 0), Tally()))
        for parent, depth, childless, *unit_row in rows
        for named in [UnitRef(*unit_row)]
    ]


def round_progress(
    session: Session, plan: int, unit: int, *, today: date, tree: Tree = Tree.RESPONSIBILITY
) -> list[RoundProgress]:
    """This function will list the rounds of the year with their items. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    found = tallies(
        session,
        place,
        lambda node: node.unit == unit,
        today=today,
        by=Round.id,
        all_rounds=True,
    )
    rounds = session.scalars(select(Round).where(Round.plan == plan).order_by(Round.due_date))
    return [
        RoundProgress(
            r.id,
            r.code,
            r.title,
            r.opens_on,
            r.due_date,
            r.locks_on,
            r.is_provisional,
            found.get((unit, r.id), Tally()),
        )
        for r in rounds
    ]


def items_below(place: Place, *columns: Any) -> Any:
    """This function will select from the due items in a place's subtree, with their state."""
    node = aliased(Node)
    return (
        select(*columns)
        .select_from(node)
        .join(DueItem, DueItem.unit == node.unit)
        .join(Target, (Target.id == DueItem.target) & (Target.plan == node.plan))
        .join(Round, Round.id == DueItem.round)
        .where(*current(node, place.plan, place.tree), is_under(node, place.path))
        .where(DueItem.valid_to.is_(None))
    )


def _expected_by_kind(session: Session, place: Place, today: date) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        items_below(place, Unit.kind, func.count())
        .join(Unit, Unit.id == DueItem.unit)
        .where(Round.opens_on <= today)
        .group_by(Unit.kind)
        .order_by(func.min(Unit.code))
    )
    return tuple((kind, count) for kind, count in rows)


def _waiting_for(session: Session, place: Place) -> list[tuple[UnitRef, int, int]]:
    """Reports that the unit itself must review: of those directly responsible to it."""
    child = aliased(Node)
    rows = session.execute(
        select(*unit_columns(Unit), func.count(distinct(Report.id)), func.count())
        .select_from(child)
        .join(Unit, Unit.id == child.unit)
        .join(Report, Report.unit == child.unit)
        .join(DueItem, (DueItem.unit == Report.unit) & (DueItem.round == Report.round))
        .join(Target, (Target.id == DueItem.target) & (Target.plan == child.plan))
        .where(*current(child, place.plan, Tree.RESPONSIBILITY.value))
        .where(child.parent == place.unit.id, DueItem.valid_to.is_(None))
        .where(Report.status.in_([Status.SUBMITTED.value, Status.CHECKED.value]))
        .group_by(*unit_columns(Unit))
        .order_by(Unit.code)
    )
    return [(UnitRef(*unit), reports, items) for *unit, reports, items in rows]


def _overdue_reports(session: Session, place: Place, today: date) -> int:
    pairs = (
        items_below(place, DueItem.unit, DueItem.round)
        .join(LeafState, unreported())
        .where(DueItem.due < today)
        .distinct()
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(pairs)) or 0
