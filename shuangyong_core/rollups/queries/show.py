"""`rollup show`: every target of a unit with its value, goal, rates, counts and light."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Round
from shuangyong_core.rollups.queries.goals import goals_of, list_targets
from shuangyong_core.rollups.queries.lines import (
    Goal,
    RollupLine,
    TargetRef,
    goal_text,
    rate_of,
    written,
)
from shuangyong_core.rollups.queries.place import Place, place_of
from shuangyong_core.rollups.queries.states import COUNTS, states_of
from shuangyong_core.rollups.queries.tallies import overdue_by_target
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.rollups.rules.numbers import rate
from shuangyong_core.units.models import Tree


@dataclass(slots=True)
class _Read:
    """What was read of a target: the state itself, the own one, and its items by date."""

    state: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    opened: Tally = field(default_factory=Tally)
    due: int = 0  # items due by today


def show(
    session: Session,
    plan: int,
    unit: int,
    *,
    today: date,
    target: int | None = None,
    round: int | None = None,
    tree: Tree = Tree.RESPONSIBILITY,
) -> list[RollupLine]:
    """This function will list a unit's targets, in a round or in the year. Raises NoPlace."""
    place = place_of(session, plan, unit, tree=tree)
    read = _read(session, place, today, round)
    goals = goals_of(session, place, round=round)
    targets = list_targets(session, place, also=read.keys())
    return [
        line_of(place, named, read.get(named.id, _Read()), goals.get(named.id, Goal(None)))
        for named in targets
        if target is None or named.id == target
    ]


def line_of(place: Place, target: TargetRef, read: _Read, goal: Goal) -> RollupLine:
    """This function will put together what was read of one target."""
    state, own = read.state, read.own
    measure = target.measure
    value = written(measure, state.get("numerator"), state.get("denominator"))
    numerator, denominator = rate_of(target, goal, value)
    return RollupLine(
        unit=place.unit,
        target=target,
        value=value,
        own=written(measure, own.get("numerator"), own.get("denominator")),
        within=written(measure, state.get("within_numerator"), state.get("within_denominator")),
        goal=goal_text(target, goal, value),
        rate=rate(numerator, denominator),
        rate_numerator=numerator,
        rate_denominator=denominator,
        planned_rate=rate(read.due, read.tally.expected),
        light=read.opened.light,
        tally=read.tally,
        opened=read.opened,
        as_of=state.get("as_of"),
    )


def _read(session: Session, place: Place, today: date, round_: int | None) -> dict[int, _Read]:
    """Five statements, whatever the unit: state, own state, items by round, overdue, rounds."""
    in_year = round_ is None
    found: dict[int, _Read] = defaultdict(_Read)
    rounds = {r.id: r for r in session.scalars(select(Round).where(Round.plan == place.plan))}
    for row in _states(session, place, round_, in_year=in_year):
        found[row["target"]].state = row
    for row in _states(session, place, round_, in_year=in_year, only_own=True):
        found[row["target"]].own = row
    for row in _states(session, place, round_):
        _add_items(found[row["target"]], row, rounds[row["round"]], today)
    overdue = overdue_by_target(session, place, today=today, round=round_)
    for target, count in overdue.items():
        read = found[target]
        read.tally = replace(read.tally, overdue=count)
        read.opened = replace(read.opened, overdue=count)
    return found


def _states(
    session: Session,
    place: Place,
    round_: int | None,
    *,
    in_year: bool = False,
    only_own: bool = False,
) -> Iterable[dict[str, Any]]:
    unit = place.unit.id
    state = states_of(
        place.plan, place.tree, lambda node: node.unit == unit, in_year=in_year, only_own=only_own
    )
    statement = select(state)
    if round_ is not None:
        statement = statement.where(state.c.round == round_)
    return [dict(row) for row in session.execute(statement).mappings()]


def _add_items(read: _Read, row: dict[str, Any], round_: Round, today: date) -> None:
    items = Tally(*(row[name] for name in COUNTS))
    read.tally += items
    if round_.opens_on <= today:
        read.opened += items
    if round_.due_date <= today:
        read.due += items.expected
