"""What comes back to each unit after a round: its own figures, the total, and its band."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Quota
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.plans.queries import RoundRow
from shuangyong_core.rollups.queries.lines import RollupLine, TargetRef, Value, written
from shuangyong_core.rollups.queries.place import UnitRef
from shuangyong_core.rollups.queries.round_states import Here, Units, peers, states_in_round
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.rollups.rules.bands import Band, band_of
from shuangyong_core.rollups.rules.lights import Tally

# Money is not compared, or it would be pushed up; a date and a yes are done or not.
COMPARED = ("count", "ratio", "score")


@dataclass(frozen=True, slots=True)
class BackRow:
    """One target: the unit's figure, the total it went into, and where it lies among its like."""

    target: TargetRef
    own: Value
    tally: Tally
    total: Value
    total_tally: Tally
    band: Band | None


@dataclass(frozen=True, slots=True)
class BackPage:
    """What one unit gets back; an inner unit's figures are with all below it."""

    unit: UnitRef
    superior: str
    is_inner: bool
    rows: tuple[BackRow, ...]

    @property
    def tally(self) -> Tally:
        """All items of the unit, and of those below it."""
        return reduce(add, (row.tally for row in self.rows), Tally())


def round_back(
    session: Session, plan: Plan, round_: RoundRow, units: Units, *, today: date
) -> list[BackPage]:
    """This function will give every unit's page of a round, in tree order, however many there are.

    Every number is the roll-up's own: cells, leaf states, and the issuer's lines.
    """
    totals = show(session, plan.id, plan.issuer, today=today, round=round_.id)
    lines = {line.target.id: line for line in totals if line.target.automatic is None}
    states = states_in_round(session, plan.id, round_.id, units)
    held = _held(session, plan.id, units)
    groups: dict[tuple[int | None, str, int], dict[int, Fraction]] = defaultdict(dict)
    for here in states:
        measured = _measured(lines[here.target], here, held) if here.target in lines else None
        if measured is not None:
            groups[here.group][here.unit.id] = measured
    pages: dict[int, list[Here]] = defaultdict(list)
    for here in states:
        if here.is_asked and here.target in lines:
            pages[here.unit.id].append(here)
    return [_page(own, lines, groups) for own in pages.values()]


def _page(
    own: list[Here],
    lines: dict[int, RollupLine],
    groups: dict[tuple[int | None, str, int], dict[int, Fraction]],
) -> BackPage:
    rows = []
    for here in sorted(own, key=lambda each: lines[each.target].target.position):
        line, group = lines[here.target], groups[here.group]
        mine = group.get(here.unit.id)
        band = None if mine is None else band_of(mine, list(group.values()))
        value = written(line.target.measure, here.numerator, here.denominator)
        rows.append(BackRow(line.target, value, here.tally, line.value, line.tally, band))
    return BackPage(own[0].unit, own[0].superior, own[0].is_inner, tuple(rows))


def _measured(line: RollupLine, here: Here, held: dict[tuple[int, int], int]) -> Fraction | None:
    """What is compared: a ratio itself, the share of the unit's own goal, or a report's average.

    Only what is whole is compared: with some reports still out, a unit would look behind.
    """
    measure, tally = line.target.measure, here.tally
    if measure.kind not in COMPARED or here.numerator is None or tally.accepted < tally.expected:
        return None
    if measure.kind == "ratio":
        return Fraction(here.numerator, here.denominator) if here.denominator else None
    if line.target.goal_kind == "total":
        goal = held.get((here.unit.id, here.target), 0)
        return Fraction(here.numerator, goal) if goal else None
    return Fraction(here.numerator, max(tally.expected, 1))


def _held(session: Session, plan: int, units: Units) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(Quota.unit, Quota.target, Quota.held)
        .join(Target, Target.id == Quota.target)
        .where(Target.plan == plan, Quota.valid_to.is_(None), Quota.unit.in_(peers(plan, units)))
    )
    return {(unit, target): held for unit, target, held in rows}
