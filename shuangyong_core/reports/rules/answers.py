"""Reads what is answered: yes or no with its boxes, dates, texts, aliases."""

from __future__ import annotations

from typing import Any

from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.reports.rules.amounts import read_count
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.texts import list_keys, tidy_text
from shuangyong_core.reports.rules.wrong import Given, Wrong, named_parts

EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


def read_yes_no(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read yes or no; with boxes, yes means that all are ticked."""
    said = _yes_or_no(given["value"], notes) if "value" in given else None
    if not item.tick_parts:
        if said is None:
            raise Wrong(("blank", "请选“是”或“否”。", None))
        return {"numerator": int(said)}
    ticked = named_parts(given.get("parts"), item.tick_parts)
    boxes = "、".join(item.tick_parts)
    if not ticked and not said:
        raise Wrong(("ticks_missing", f"请逐项勾选：{boxes}。", None))
    ticks = {name: bool(said) if not ticked else False for name in item.tick_parts}
    ticks |= {name: _yes_or_no(value, notes) for name, value in ticked.items()}
    if said is not None and said != all(ticks.values()):
        raise Wrong(("ticks", f"全部勾选（{boxes}）才算“是”，与填的不一致，请核对。", None))
    parts = tuple(sorted((name, int(tick)) for name, tick in ticks.items()))
    return {"numerator": int(all(ticks.values())), "parts": parts}


def _yes_or_no(value: object, notes: list[str]) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("是", "否"):
        notes.append(f"“{value}”按{'已' if value == '是' else '未'}完成记")
        return value == "是"
    raise Wrong(("not_yes_or_no", "请选“是”或“否”。", value))


def read_date(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read a date of the plan's year as days since 1970-01-01."""
    value = given.get("date")
    try:
        parsed = parse_date(value, year=item.year)
    except NotADate as refused:
        raise Wrong(*((fault.code, fault.message, value) for fault in refused.problems)) from None
    notes.extend(parsed.notes)
    return {"numerator": parsed.day.toordinal() - EPOCH_ORDINAL}


def read_text(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read a text."""
    text = tidy_text(given.get("text"), notes)
    if not text:
        raise Wrong(("blank", "没有填内容；没有这项工作请选“不涉及”并写明原因。", None))
    return {"text": text}


def read_keys(given: Given, item: RequiredFigure, notes: list[str]) -> dict[str, Any]:
    """This function will read aliases (驻军单位A), each counted once."""
    keys = list_keys(given.get("keys"), notes)
    if "value" in given:
        said = read_count(given["value"], notes, decimals=0, unit=item.display_unit)
        if said != len(keys):
            raise Wrong(("keys_count", f"列了 {len(keys)} 个代称，与填的 {said} 不一致。", None))
    return {"numerator": len(keys), "keys": keys}
