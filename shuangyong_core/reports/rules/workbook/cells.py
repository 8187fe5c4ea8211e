"""A figure as cells of a row, and cells back as the figure of the json body: nothing is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shuangyong_core.guard.folding import trim
from shuangyong_core.reports.rules.offered import NO, NOT_INVOLVED, YES
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.reports.rules.workbook.columns import columns_of

EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()
Value = None | str | int | Decimal | date | bool
BETWEEN = re.compile(r"[、，,;；]")


def cells_of(value: FigureValue | None, item: RequiredFigure) -> dict[str, Value]:
    """This function will give what the cells of a figure show, by the column's field."""
    if value is None or value.state == FigureState.MISSING:
        return {}
    columns = columns_of(item)
    if value.state == FigureState.NOT_INVOLVED:
        return {columns[0].field: f"{NOT_INVOLVED}：{value.text}"}
    parts = dict(value.parts)
    cells = {column.field: _cell(column.field, column.part, value, item, parts)
             for column in columns}  # fmt: skip
    return {field: cell for field, cell in cells.items() if cell is not None}


def _cell(
    field: str, part: str, value: FigureValue, item: RequiredFigure, parts: Mapping[str, int]
) -> Value:
    if part:
        number = parts.get(part)
        if item.tick_parts:
            return None if number is None else (YES if number else NO)
        return None if number is None else _scaled(number, item)
    if field == "keys":
        return _joined(value.keys)
    if field in ("text", "covered", "denominator"):
        found: Value = getattr(value, field)
        return found
    if value.numerator is None:
        return None
    if field == "date":
        return date.fromordinal(value.numerator + EPOCH_ORDINAL)
    if item.kind == "yes_no":
        return YES if value.numerator else NO
    return value.numerator if field == "numerator" else _scaled(value.numerator, item)


def _scaled(number: int, item: RequiredFigure) -> Value:
    return Decimal(number).scaleb(-item.decimals) if item.decimals else number


def _joined(keys: Sequence[str]) -> Value:
    if not keys:
        return 0
    # An alias may hold what usually parts two of them; then each gets a line of its own.
    if any(BETWEEN.search(key) for key in keys):
        return "\n".join(keys) + ("\n" if len(keys) == 1 else "")
    return "、".join(keys)


def figure_of(cells: Mapping[str, Value], item: RequiredFigure) -> dict[str, Any] | None:
    """This function will give the figure that cells stand for, or None if all are blank."""
    filled = {field: _plain(value) for field, value in cells.items() if not _is_blank(value)}
    if not filled:
        return None
    first = columns_of(item)[0].field
    said = filled.get(first)
    if isinstance(said, str) and trim(said).startswith(NOT_INVOLVED):
        return {"not_involved": _why(said)} | _typed(
            {field: value for field, value in filled.items() if field != first}, item
        )
    return _typed(filled, item)


def _typed(filled: Mapping[str, Any], item: RequiredFigure) -> dict[str, Any]:
    figure: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for field, value in filled.items():
        kind, _, part = field.partition(":")
        if part:
            parts[part] = _truth(value) if kind == "tick" else value
        elif field == "keys":
            figure["keys"] = _keys(value)
        elif field == "value" and item.kind == "yes_no":
            figure["value"] = _truth(value)
        elif field in ("text", "date"):
            figure[field] = value if isinstance(value, str) else str(value)
        else:
            figure[field] = value
    return figure | ({"parts": parts} if parts else {})


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not trim(value))


def _plain(value: Value) -> Any:
    if isinstance(value, date | Decimal):
        return str(value)
    return value


def _truth(value: object) -> object:
    said = trim(value) if isinstance(value, str) else value
    return {YES: True, NO: False}.get(said, value) if isinstance(said, str) else said


def _keys(value: object) -> list[str] | object:
    text = trim(str(value)) if not isinstance(value, bool) else value
    if text == "0":
        return []
    raw = str(value)
    listed = raw.split("\n") if "\n" in raw else BETWEEN.split(raw)
    return [trim(key) for key in listed if trim(key)]


def _why(said: str) -> str:
    rest = trim(trim(said).removeprefix(NOT_INVOLVED))
    if rest[:1] in ("（", "(") and rest[-1:] in ("）", ")"):
        return trim(rest[1:-1])
    return trim(rest[1:] if rest[:1] in (":", "：", ",", "，") else rest)
