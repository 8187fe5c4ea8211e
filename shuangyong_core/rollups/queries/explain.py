"""`rollup explain`: a number, what each unit under it brings, and whether the levels add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.rollups.queries.lines import RollupLine, Value, written
from shuangyong_core.rollups.queries.matrix import children_of
from shuangyong_core.rollups.queries.place import Place, UnitRef, place_of
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.rollups.queries.sources import Source, sources_of
from shuangyong_core.rollups.queries.states import COUNTS, states_of
from shuangyong_core.rollups.rules.adding import adds_up, sentence_of
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree


class NoSuchTarget(NotFound):
    """The target is not one of the unit's, in this plan."""

    message = "这个单位没有这项任务，或者不在您的范围内。"


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit under the number brings to it, or the unit's own work."""

    unit: UnitRef
    is_own: bool
    is_inner: bool
    value: Value
    tally: Tally


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number with its parts, and the reports behind it that the reader may see."""

    line: RollupLine
    parts: tuple[Part, ...]  # own work first, then the units below by code
    sources: tuple[Source, ...]
    adds_up: bool
    sentence: str


def explain(
    session: Session,
    plan: int,
    unit: int,
    target: int,
    *,
    today: date,
    round: int | None = None,
    tree: Tree = Tree.RESPONSIBILITY,
    reach: Select[tuple[int]] | None = None,
    limit: int = 500,
) -> Explanation:
    """This function will explain a number. Raises NoPlace, NoSuchTarget.

    `reach` selects the units whose reports the reader may see; None is everything. Territory
    gives totals only: without a reach its numbers come without the reports behind them.
    """
    place = place_of(session, plan, unit, tree=tree)
    lines = show(session, plan, unit, today=today, target=target, round=round, tree=tree)
    if not lines:
        raise NoSuchTarget
    line = lines[0]
    parts = tuple(_parts(session, place, line, round))
    may_see = tree is Tree.RESPONSIBILITY or reach is not None
    sources = (
        sources_of(session, place, line.target, round=round, reach=reach, limit=limit)
        if may_see
        else []
    )
    pairs = [(part.value.numerator, part.value.denominator) for part in parts]
    whole = (line.value.numerator, line.value.denominator)
    own = pairs[0] if parts and parts[0].is_own else (None, None)
    over = line.target.measure.over_units
    return Explanation(
        line=line,
        parts=parts,
        sources=tuple(sources),
        adds_up=adds_up(over, whole, pairs, own),
        sentence=sentence_of(
            over,
            line.value.text,
            [part.value.text for part in parts],
            agrees=adds_up(over, whole, pairs, own),
        ),
    )


def _parts(session: Session, place: Place, line: RollupLine, round_: int | None) -> list[Part]:
    unit = place.unit.id
    own = _states(session, place, line, round_, lambda node: node.unit == unit, only_own=True)
    found = [_part(place.unit, line, own[unit], is_own=True)] if unit in own else []
    below = _states(session, place, line, round_, lambda node: node.parent == unit)
    for child, is_inner in children_of(session, place):
        if child.id in below:
            found.append(_part(child, line, below[child.id], is_inner=is_inner))
    return found


def _states(
    session: Session,
    place: Place,
    line: RollupLine,
    round_: int | None,
    which: Any,
    *,
    only_own: bool = False,
) -> dict[int, dict[str, Any]]:
    in_year = round_ is None
    state = states_of(place.plan, place.tree, which, in_year=in_year, only_own=only_own)
    statement = select(state).where(state.c.target == line.target.id)
    if not in_year:
        statement = statement.where(state.c.round == round_)
    return {row["unit"]: dict(row) for row in session.execute(statement).mappings()}


def _part(
    unit: UnitRef,
    line: RollupLine,
    row: dict[str, Any],
    *,
    is_own: bool = False,
    is_inner: bool = False,
) -> Part:
    value = written(line.target.measure, row["numerator"], row["denominator"])
    return Part(unit, is_own, is_inner, value, Tally(*(row[name] for name in COUNTS)))
