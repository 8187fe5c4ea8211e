"""Folded values as people read them, on pages and on paper: 1,306 户, 99.2%, 12/13 个单位."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.clock import date_of_days
from shuangyong_core.guard.numbers import format_scaled, ratio_text, with_thousands
from shuangyong_core.rollups.queries import TargetRef

NOTHING = "—"
# The unit says what kind of value it is, not what is counted.
UNITLESS = ("ratio", "date", "yes_no", "text")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value is and in what unit it is read."""

    kind: str
    decimals: int
    over_units: str
    unit: str


def shape_of(target: TargetRef) -> Shape:
    """This function will give the shape of a target's folded value."""
    measure, unit = target.measure, target.display_unit
    if measure.over_units == "all_done":
        unit = "个单位"
    elif measure.kind in UNITLESS:
        unit = ""
    return Shape(measure.kind, measure.decimals, measure.over_units, unit)


def leaf_shape_of(target: TargetRef) -> Shape:
    """This function will give the shape of one report's value: a date is a date there."""
    unit = "" if target.measure.kind in UNITLESS else target.display_unit
    over = "distinct" if target.measure.over_units == "distinct" else "sum"
    return Shape(target.measure.kind, target.measure.decimals, over, unit)


def grouped(scaled: int, decimals: int) -> str:
    """1,306.50: exact, with thousands."""
    return with_thousands(format_scaled(scaled, decimals))


def value_text(shape: Shape, numerator: int | None, denominator: int | None) -> str:
    """This function will write a value without its unit; — for none."""
    if numerator is None:
        return NOTHING
    if shape.over_units == "all_done":
        return f"{numerator:,}/{denominator or 0:,}"
    if shape.over_units == "distinct":
        return f"{numerator:,}"
    if shape.kind == "ratio":
        return f"{ratio_text(numerator, denominator or 0)}%" if denominator else NOTHING
    if shape.kind == "date":
        return date_of_days(numerator).isoformat()
    if shape.kind == "yes_no":
        return "已办" if numerator else "还没办"
    return grouped(numerator, shape.decimals)


def with_unit(shape: Shape, text: str) -> str:
    """This function will put the unit behind a value."""
    return f"{text} {shape.unit}" if shape.unit and text != NOTHING else text
