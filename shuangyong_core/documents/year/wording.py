"""How a number, its unit and its goal are written in a narrow column."""

from __future__ import annotations

from datetime import date

from shuangyong_core.guard.numbers import format_scaled, ratio_text
from shuangyong_core.reports.queries.year_pages import YearItem
from shuangyong_core.reports.rules.required import FigureState, RequiredFigure
from shuangyong_core.reports.rules.showing import show_figure
from shuangyong_core.words import words

NOTHING = "—"
KIND_WORDS = {"ratio": "%", "date": "日期", "yes_no": "是否", "text": "文字"}


def monthday(day: date) -> str:
    """7月20日."""
    return f"{day.month}月{day.day}日"


def unit_of(item: RequiredFigure) -> str:
    """This function will say what is counted, or what kind of answer is asked."""
    return KIND_WORDS.get(item.kind) or item.display_unit


def goal_of(item: YearItem, *, again: bool) -> str:
    """This function will write the goal; a year's goal stands once, then 同上."""
    goal, required = item.goal, item.required
    if goal.kind == "done":
        return "完成"
    if goal.kind == "none" or goal.numerator is None:
        return "不设"
    if again and goal.per == "year":
        return "同上"
    if goal.kind == "ratio":
        share = ratio_text(goal.numerator, goal.denominator or 1)
        return f"{share.removesuffix('.0')}%"
    number = grouped(goal.numerator, required.decimals)
    return f"每次 {number}" if goal.per == "due" else number


def value_of(item: YearItem) -> str:
    """This function will write what was reported, with its unit; a dash for nothing."""
    value, required = item.value, item.required
    if value is None or value.state is FigureState.MISSING:
        return NOTHING
    if value.state is FigureState.NOT_INVOLVED:
        return str(words()["not_involved"])
    if required.kind == "text":
        return "已填"
    if required.kind == "yes_no":
        return "已办" if value.numerator else "还没办"
    if required.kind in ("ratio", "date") or value.numerator is None:
        return show_figure(value, required).partition("（")[0]
    return f"{grouped(value.numerator, required.decimals)} {required.display_unit}"


def grouped(scaled: int, decimals: int) -> str:
    """1,306.50: exact, with thousands; whole amounts without their zeros."""
    whole, _, fraction = format_scaled(scaled, decimals).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction.strip("0") else "")
