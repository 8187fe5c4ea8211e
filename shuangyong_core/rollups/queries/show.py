"""`rollup show`: every target of a unit with its value, goal, rates, counts and light."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.rollups.queries.as_then import seen_then
from shuangyong_core.rollups.queries.goals import goals_of, list_targets
from shuangyong_core.rollups.queries.lines import (
    Goal,
    RollupLine,
    TargetRef,
    Value,
    goal_text,
    rate_of,
    written,
)
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.queries.place import Place
from shuangyong_core.rollups.queries.states import Nodes, State
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.rollups.rules.numbers import rate
from shuangyong_core.units.models import Tree


@dataclass(slots=True)
class _Read:
    """What was read of a target: the state itself, the own one, and its items by date."""

    state: State | None = None
    own: State | None = None
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
    as_then: bool = False,
) -> list[RollupLine]:
    """This function will list a unit's targets, in a round or in the year. Raises NoPlace.

    A round that is over can be seen `as_then`, under the tree it closed in.
    """
    look = Look(session, plan, unit, today=today, tree=tree, target=target)
    return lines_of(seen_then(look, round) if as_then else look, round=round)


def lines_of(look: Look, *, round: int | None) -> list[RollupLine]:
    """This function will list the targets of a look."""
    session, place, rows = look.session, look.place, look.targets.values()
    read = _read(look, round)
    goals = goals_of(session, place, rows, round=round, close=look.close)
    return [
        line_of(place, named, read.get(named.id, _Read()), goals.get(named.id, Goal(None)))
        for named in list_targets(session, place, rows, also=read.keys())
        if look.target in (None, named.id)
    ]


def line_of(place: Place, target: TargetRef, read: _Read, goal: Goal) -> RollupLine:
    """This function will put together what was read of one target."""
    state = read.state
    value = value_of(target, state)
    within = (state.within_numerator, state.within_denominator) if state else (None, None)
    numerator, denominator = rate_of(target, goal, value)
    return RollupLine(
        unit=place.unit,
        target=target,
        value=value,
        own=value_of(target, read.own),
        within=written(target.measure, *within),
        goal=goal_text(target, goal, value),
        rate=rate(numerator, denominator),
        rate_numerator=numerator,
        rate_denominator=denominator,
        planned_rate=rate(read.due, read.tally.expected),
        light=read.opened.light,
        tally=read.tally,
        opened=read.opened,
        as_of=state.as_of if state else None,
    )


def value_of(target: TargetRef, state: State | None) -> Value:
    """This function will write the value of a state; of none when there is none."""
    if state is None:
        return written(target.measure, None, None)
    return written(target.measure, state.numerator, state.denominator)


def _read(look: Look, round_: int | None) -> dict[int, _Read]:
    """The state and the own one, of a round or of the year; and the items by date."""
    found: dict[int, _Read] = defaultdict(_Read)
    states = look.here if round_ is not None else look.read(Nodes.ITSELF, in_year=True)
    for one in states:
        if round_ == one.round and one.is_whole:
            found[one.target].state = one
        if round_ == one.round and one.is_own:
            found[one.target].own = one
    for one in look.here:
        if one.is_whole and one.round is not None and round_ in (None, one.round):
            _add_items(found[one.target], one.tally, look.rounds[one.round], look.today)
    return found


def _add_items(read: _Read, items: Tally, round_: Any, today: date) -> None:
    read.tally += items
    if round_.opens_on <= today:
        read.opened += items
    if round_.due_date <= today:
        read.due += items.expected
