"""Writes a figure as people read it: exact, with its unit, a ratio never without its base."""

from __future__ import annotations

from datetime import date

from shuangyong_core.guard.numbers import format_scaled, ratio_text, with_thousands
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure

NONE = "—"
EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


def show_figure(value: FigureValue | None, item: RequiredFigure) -> str:
    """This function will write a figure; nothing known is a dash."""
    if value is None or value.state == FigureState.MISSING:
        return NONE
    if value.state == FigureState.NOT_INVOLVED:
        return "不涉及"
    if item.kind == "text":
        return value.text or ""
    return show_number(value.numerator, value.denominator, item)


def show_number(numerator: int | None, denominator: int | None, item: RequiredFigure) -> str:
    """This function will write a stored number of an item's kind."""
    if numerator is None:
        return NONE
    if item.kind == "ratio":
        base = denominator or 0
        return f"{ratio_text(numerator, base)}%（{numerator:,}/{base:,}）" if base else NONE
    if item.kind == "yes_no":
        return "是" if numerator else "否"
    if item.kind == "date":
        return date.fromordinal(numerator + EPOCH_ORDINAL).isoformat()
    shown = with_thousands(format_scaled(numerator, item.decimals))
    return f"{shown} {item.display_unit}".rstrip()
