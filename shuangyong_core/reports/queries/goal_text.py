"""The goal of an item as people read it, on forms and in reviews alike."""

from __future__ import annotations

from shuangyong_core.guard.numbers import ratio_text
from shuangyong_core.reports.queries.required import DueFigure
from shuangyong_core.reports.rules.showing import show_number


def goal_text(item: DueFigure) -> str:
    """This function will write the goal as people read it."""
    goal, required = item.goal, item.required
    if goal.kind == "done":
        return "完成"
    if goal.kind == "none" or goal.numerator is None:
        return "不设目标"
    if goal.kind == "ratio":
        rate = ratio_text(goal.numerator, goal.denominator or 1)
        return f"{rate.removesuffix('.0')}%"
    text = show_number(goal.numerator, None, required)
    return f"每期 {text}" if goal.per == "due" else text
