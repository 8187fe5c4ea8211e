"""A line of the roll-up: one target at one unit, ready to be written on any page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangyong_core.rollups.queries.place import UnitRef
from shuangyong_core.rollups.rules.lights import Light, Tally
from shuangyong_core.rollups.rules.numbers import Measure, rate, scaled, value_text


@dataclass(frozen=True, slots=True)
class Value:
    """A folded value as it was kept, and as it is written; text None is shown as —."""

    numerator: int | None
    denominator: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class TargetRef:
    """A target as it is named on a page, and how its value is measured."""

    id: int
    code: str
    title: str
    category: str
    display_unit: str
    measure: Measure
    over_time: str
    goal_kind: str  # total each ratio done none
    goal_note: str  # 示例
    automatic: str | None
    position: int
    weight: int


@dataclass(frozen=True, slots=True)
class RollupLine:
    """One target at one unit, in a round or in the year to date."""

    unit: UnitRef
    target: TargetRef
    value: Value
    own: Value  # 本级承办
    within: Value  # 下级合计
    goal: str | None
    rate: str | None
    rate_numerator: int | None
    rate_denominator: int | None  # a rate is never shown without it
    planned_rate: str | None  # 按计划应达: the share of the items that is due by today
    light: Light
    tally: Tally  # of the year, or of the round
    opened: Tally  # of the rounds that have opened: what the light is read from
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it stands: a scaled number, or a ratio."""

    number: int | None
    denominator: int | None = None


def written(measure: Measure, numerator: int | None, denominator: int | None) -> Value:
    """This function will put a kept value and its text together."""
    return Value(numerator, denominator, value_text(measure, numerator, denominator))


def goal_text(target: TargetRef, goal: Goal, value: Value) -> str | None:
    """This function will write the goal; a `done` goal is everybody it was given to."""
    if target.goal_kind == "ratio":
        return rate(goal.number, goal.denominator)
    if target.goal_kind == "done":
        return None if value.denominator is None else str(value.denominator)
    return None if goal.number is None else scaled(goal.number, target.measure.decimals)


def rate_of(target: TargetRef, goal: Goal, value: Value) -> tuple[int | None, int | None]:
    """This function will give what the rate divides: a ratio itself, else value by goal."""
    if target.measure.over_units in ("ratio", "all_done") or target.measure.kind == "ratio":
        return value.numerator, value.denominator
    if target.measure.kind == "date" or not goal.number:
        return None, None
    return value.numerator or 0, goal.number
