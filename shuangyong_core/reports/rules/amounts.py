"""Reads what is counted: numbers with their parts, ratios, scores; exact, never rounded."""

from __future__ import annotations

from typing import Any

from shuangyong_core.guard.numbers import NotANumber, format_scaled, parse_count
from shuangyong_core.plans.rules.limits import LARGEST_VALUE
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.wrong import Fault, Given, Wrong, named_parts


def read_count(
    value: object, notes: list[str], *, decimals: int, unit: str, name: str | None = None
) -> int:
    """This function will read one number as a scaled integer; raises Wrong."""
    try:
        parsed = parse_count(value, decimals=decimals, unit=unit or None)
    except NotANumber as refused:
        where = f"{name}：" if name else ""
        raise Wrong(
            *((fault.code, where + fault.message, value) for fault in refused.problems)
        ) from None
    notes.extend(parsed.notes)
    if abs(parsed.scaled) > LARGEST_VALUE:
        raise Wrong(("too_big", _too_big(decimals, name=name), value))
    return parsed.scaled


def _too_big(decimals: int, *, name: str | None = None) -> str:
    where = f"{name}：" if name else ""
    return f"{where}数太大了，最大 {format_scaled(LARGEST_VALUE, decimals)}，请核对单位。"


def read_number(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read a number and its parts, which must add up."""
    faults: list[Fault] = []
    parts: tuple[tuple[str, int], ...] = ()
    total = None
    try:
        parts = _read_parts(given.get("parts"), item, notes)
    except Wrong as wrong:
        faults.extend(wrong.faults)
    if "value" in given or not given.get("parts"):
        try:
            unit = item.display_unit
            total = read_count(given.get("value"), notes, decimals=item.decimals, unit=unit)
        except Wrong as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise Wrong(*faults)
    return {"numerator": _add_up(total, parts, item, notes), "parts": parts}


def _add_up(
    total: int | None, parts: tuple[tuple[str, int], ...], item: RequiredFigure, notes: list[str]
) -> int:
    summed = sum(value for _, value in parts)
    shown = format_scaled(summed, item.decimals)
    if summed > LARGEST_VALUE:
        raise Wrong(("too_big", _too_big(item.decimals), shown))
    if total is None:
        notes.append(f"按分项合计记为 {shown}")
        return summed
    if parts and summed != total:
        said = format_scaled(total, item.decimals)
        raise Wrong(("parts_sum", f"分项合计 {shown}，与填的数 {said} 不一致，请核对。", None))
    return total


def _read_parts(
    given: object, item: RequiredFigure, notes: list[str]
) -> tuple[tuple[str, int], ...]:
    named = named_parts(given, item.count_parts)
    faults: list[Fault] = []
    parts = []
    for name, value in named.items():
        try:
            said: list[str] = []
            count = read_count(
                value, said, decimals=item.decimals, unit=item.display_unit, name=name
            )
            parts.append((name, count))
            notes.extend(f"{name}，{sentence}" for sentence in said)
        except Wrong as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise Wrong(*faults)
    return tuple(sorted(parts))


def read_ratio(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read a part of a whole; the whole is never 0."""
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for name, word in (("numerator", "分子"), ("denominator", "分母")):
        try:
            found[name] = read_count(given.get(name), notes, decimals=0, unit="", name=word)
        except Wrong as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise Wrong(*faults)
    if found["denominator"] == 0:
        raise Wrong(("zero_base", "分母不能为 0；没有这类对象请选“不涉及”并写明原因。", 0))
    if found["numerator"] > found["denominator"]:
        shown = f"{found['numerator']}/{found['denominator']}"
        raise Wrong(("above_base", "分子不能大于分母，请核对是否填反。", shown))
    return found


def read_score(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read a score."""
    unit = item.display_unit
    return {"numerator": read_count(given.get("score"), notes, decimals=item.decimals, unit=unit)}
