"""Values and goals of targets as people read them: 1,306 户, 30/31，96.8%, 12/13 个单位."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.clock import date_of_days
from shuangyong_core.guard.numbers import format_scaled, ratio_text
from shuangyong_core.plans.queries import TargetRow
from shuangyong_core.rollups.queries import Part, RollupLine, TargetRef
from shuangyong_core.web.pages.shell import Light
from shuangyong_core.web.rendering import rate

NOTHING = "—"
SUMMED = {
    "sum": "各单位相加",
    "ratio": "已完成合计/应完成合计",
    "all_done": "完成的单位/要完成的单位",
    "max": "取最大的一个",
    "latest": "取最新的一个",
    "own": "只计本级，不逐级相加",
    "distinct": "同一对象只计一次",
    "none": "不汇总，只看办没办",
}
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
    whole, _, fraction = format_scaled(scaled, decimals).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


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


def part_text(target: TargetRef, part: Part) -> str:
    """This function will write what one unit brings; of a date, whether it is done."""
    numerator, denominator = part.value.numerator, part.value.denominator
    if part.is_inner and not part.is_own:
        return value_text(shape_of(target), numerator, denominator)
    if target.measure.over_units == "all_done" and numerator is not None:
        return "已完成" if numerator else "未完成"
    return value_text(leaf_shape_of(target), numerator, denominator)


def light_of(line: RollupLine) -> Light:
    """This function will give the light of a line: 未开始 while none of its rounds has opened."""
    has_opened = line.opened.expected or not line.tally.expected
    return line.light.value if has_opened else "na"


def goal_of(line: RollupLine) -> str:
    """This function will write the goal of a line without its unit."""
    if line.target.goal_kind == "done":
        return "全部完成"
    if line.goal is None:
        return "不设"
    if line.target.goal_kind == "ratio":
        return f"{line.goal}%"
    whole, _, fraction = line.goal.partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def rate_of(line: RollupLine) -> str:
    """This function will write a rate beside its denominator; empty where there is none."""
    numerator, denominator = line.rate_numerator, line.rate_denominator
    if numerator is None or not denominator:
        return ""
    decimals = line.target.measure.decimals
    if not decimals:
        return rate(numerator, denominator)
    shown = f"{grouped(numerator, decimals)}/{grouped(denominator, decimals)}"
    return f"{shown}，{ratio_text(numerator, denominator)}%"


def goal_of_target(target: TargetRow) -> str:
    """This function will write the goal that a target sets, with its unit."""
    if target.goal_kind == "done":
        return "全部完成"
    if target.goal_kind == "none" or target.goal is None:
        return "不设"
    if target.goal_kind == "ratio":
        return f"{ratio_text(target.goal, target.goal_den or 1)}%"
    number = grouped(target.goal, target.decimals)
    return number if target.kind in UNITLESS else f"{number} {target.display_unit}"
