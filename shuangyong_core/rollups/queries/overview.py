"""The numbers over a page: the strip on top, the tree beside it, the rounds of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, distinct, func, select
from sqlalchemy.orm import Session

from shuangyong_core.reports.models import Report, Status
from shuangyong_core.rollups.queries.late import DUE, count_late_reports
from shuangyong_core.rollups.queries.look import Look, added, named
from shuangyong_core.rollups.queries.place import (
    AT_UNIT,
    NODE,
    UNIT,
    Place,
    UnitRef,
    current,
    unit_columns,
)
from shuangyong_core.rollups.queries.planned import Planned, read_planned
from shuangyong_core.rollups.queries.states import TARGET
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree

WAITING = (Status.SUBMITTED.value, Status.CHECKED.value)


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
    look = Look(session, plan, unit, today=today, tree=tree)
    return strip_of(look, read_planned(session, look.place))


def strip_of(look: Look, planned: Sequence[Planned]) -> Strip:
    """This function will give the numbers on top of a look."""
    whole = [one for one in look.owed(look.here, round=None) if one.is_whole]
    waiting = _waiting_for(look.session, look.place)
    return Strip(
        items=added(whole, lambda one: one.unit).get(look.place.unit.id, Tally()),
        expected_by_kind=_expected_by_kind(look, planned),
        waiting_items=sum(items for _, _, items in waiting),
        waiting_reports=sum(reports for _, reports, _ in waiting),
        waiting_units=tuple(unit for unit, _, _ in waiting),
        overdue_reports=count_late_reports(look.session, look.place, look.today),
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
    look = Look(session, plan, unit, today=today, tree=tree, levels=levels)
    return tree_of(look, round=None)


def tree_of(look: Look, *, round: int | None) -> list[TreeCount]:
    """This function will list the unit and those below it, of a look."""
    place = look.place
    states = [one for one in (*look.here, *look.beneath) if one.is_whole]
    found = added(look.owed(states, round=round), lambda one: one.unit)
    tally = found.get(place.unit.id, Tally())
    root = TreeCount(place.unit, place.parent, place.depth, place.is_inner, tally)
    below = [
        TreeCount(named(row), row.parent, row.depth, not row.is_childless,
                  found.get(row.id, Tally()))
        for row in look.children
    ]  # fmt: skip
    return [root, *below]


def round_progress(
    session: Session, plan: int, unit: int, *, today: date, tree: Tree = Tree.RESPONSIBILITY
) -> list[RoundProgress]:
    """This function will list the rounds of the year with their items. Raises NoPlace."""
    return rounds_of(Look(session, plan, unit, today=today, tree=tree))


def rounds_of(look: Look) -> list[RoundProgress]:
    """This function will list the rounds of a look, but for those that were dropped (免去)."""
    whole = [one for one in look.asked_for(look.here) if one.is_whole]
    found = added(whole, lambda one: one.round)
    return [
        RoundProgress(
            r.id,
            r.code,
            r.title,
            r.opens_on,
            r.due_date,
            r.locks_on,
            r.is_provisional,
            found.get(r.id, Tally()),
        )
        for r in look.rounds.values()
        if r.dropped_at is None
    ]


def _expected_by_kind(look: Look, planned: Sequence[Planned]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    codes: dict[str, str] = {}
    for one in planned:
        if look.rounds[one.round].opens_on <= look.today:
            counts[one.kind] = counts.get(one.kind, 0) + one.items
            codes[one.kind] = min(codes.get(one.kind, one.first_code), one.first_code)
    return tuple((kind, counts[kind]) for kind in sorted(counts, key=lambda kind: codes[kind]))


def _waiting_for(session: Session, place: Place) -> list[tuple[UnitRef, int, int]]:
    """Reports that the unit itself must review: of those directly responsible to it."""
    asked = place.asked | {"in_tree": Tree.RESPONSIBILITY.value, "statuses": WAITING}
    rows = session.execute(_waiting(), asked)
    return [(UnitRef(*unit), reports, items) for *unit, reports, items in rows]


@cache
def _waiting() -> Select[Any]:
    report = Report.__table__
    in_plan = (TARGET.c.id == DUE.c.target) & (TARGET.c.plan == NODE.c.plan)
    return (
        select(*unit_columns(UNIT.c), func.count(distinct(report.c.id)), func.count())
        .select_from(
            NODE.join(UNIT, UNIT.c.id == NODE.c.unit)
            .join(report, report.c.unit == NODE.c.unit)
            .join(DUE, (DUE.c.unit == report.c.unit) & (DUE.c.round == report.c.round))
            .join(TARGET, in_plan)
        )
        .where(*current(NODE), NODE.c.parent == AT_UNIT, DUE.c.valid_to.is_(None))
        .where(report.c.status.in_(bindparam("statuses", expanding=True)))
        .group_by(*unit_columns(UNIT.c))
        .order_by(UNIT.c.code)
    )
