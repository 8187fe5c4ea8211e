"""`rollup explain`: a number, what each unit under it brings, and whether the levels add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.rollups.queries.as_then import seen_then
from shuangyong_core.rollups.queries.lines import RollupLine, Value
from shuangyong_core.rollups.queries.look import Look, named
from shuangyong_core.rollups.queries.place import UnitRef
from shuangyong_core.rollups.queries.quotas import quotas_of
from shuangyong_core.rollups.queries.show import lines_of, value_of
from shuangyong_core.rollups.queries.sources import Source, sources_of
from shuangyong_core.rollups.queries.states import Nodes, State
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
    quotas: Mapping[int, tuple[int, int]]  # (held, own) of the units, as far as they have one
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
    as_then: bool = False,
) -> Explanation:
    """This function will explain a number. Raises NoPlace, NoSuchTarget.

    `reach` selects the units whose reports the reader may see; None is everything. Territory
    gives totals only: without a reach its numbers come without the reports behind them.
    `as_then` adds a round that is over up by its units of then.
    """
    look = Look(session, plan, unit, today=today, tree=tree, target=target)
    seen = seen_then(look, round) if as_then else look
    lines = lines_of(seen, round=round)
    if not lines:
        raise NoSuchTarget
    line = lines[0]
    parts = tuple(_parts(seen, line, round))
    may_see = tree is Tree.RESPONSIBILITY or reach is not None
    sources = (
        sources_of(session, look.place, line.target, round=round, reach=reach, limit=limit)
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
        quotas=quotas_of(
            session, seen.place, target, {part.unit.id for part in parts}, close=seen.close
        ),
        adds_up=adds_up(over, whole, pairs, own),
        sentence=sentence_of(
            over,
            line.value.text,
            [part.value.text for part in parts],
            agrees=adds_up(over, whole, pairs, own),
        ),
    )


def _parts(look: Look, line: RollupLine, round_: int | None) -> list[Part]:
    own = [
        _part(look.place.unit, line, one) for one in _read(look, Nodes.ITSELF, round_) if one.is_own
    ]
    below = {one.unit: one for one in _read(look, Nodes.BELOW, round_)}
    children = [
        _part(named(row), line, below[row.id], is_inner=not row.is_childless)
        for row in look.children
        if row.id in below
    ]
    return own + children


def _read(look: Look, nodes: Nodes, round_: int | None) -> list[State]:
    found = look.read(nodes, in_year=round_ is None)
    return [one for one in found if one.round == round_]


def _part(unit: UnitRef, line: RollupLine, state: State, *, is_inner: bool = False) -> Part:
    is_own = unit == line.unit
    return Part(unit, is_own, is_inner, value_of(line.target, state), state.tally)
