"""Values and goals of targets as people read them: 1,306 户, 30/31，96.8%, 12/13 个单位."""

from __future__ import annotations

from shuangyong_core.documents.values import (
    NOTHING,
    UNITLESS,
    Shape,
    grouped,
    leaf_shape_of,
    shape_of,
    value_text,
    with_unit,
)
from shuangyong_core.guard.numbers import ratio_text
from shuangyong_core.plans.queries import TargetRow
from shuangyong_core.rollups.queries import Part, RollupLine, TargetRef
from shuangyong_core.web.pages.shell import Light
from shuangyong_core.web.rendering import rate

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
__all__ = [
    "NOTHING", "SUMMED", "Shape", "goal_of", "goal_of_target", "grouped", "leaf_shape_of",
    "light_of", "part_text", "rate_of", "shape_of", "value_text", "with_unit",
]  # fmt: skip


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
