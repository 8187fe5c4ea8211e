"""Reads the sheets of the head, the rounds and the indicators."""

from __future__ import annotations

from typing import Any

from shuangyong_core.plans.workbook import layout
from shuangyong_core.plans.workbook.places import item
from shuangyong_core.plans.workbook.reading import Line, Reading, without_blanks
from shuangyong_core.plans.workbook.words import (
    KINDS,
    OVER_TIME,
    OVER_UNITS,
    PARTS,
    listed,
)
from shuangyong_core.sheets import Sheet, TableRow

Body = dict[str, Any]


def read_head(reading: Reading, sheet: Sheet) -> Body:
    """This function will read the head: a field a row, found by its Chinese name."""
    table = reading.table(sheet, layout.HEAD_COLUMNS, needed=("field", "value"))
    rows: dict[str, TableRow] = {}
    words = {word for _, word, _ in layout.HEAD_ROWS}
    for row in table.rows:
        word = row.get("field").text.strip()
        line = Line(reading, table, row, "plan")
        if word in rows and word in words:
            line.wrong("duplicate_code", f"“{word}”写了两行，请只留一行。", key="field")
        elif word not in words and not row.get("value").is_blank:
            why = "没有这一项，填的不会读入，请改回模板里的项目名称，或删去这一行。"
            line.wrong("unknown_field", why, key="field")
        rows.setdefault(word, row)
    head: Body = {}
    within: Body = {}
    for key, word, _ in layout.HEAD_ROWS:
        if word not in rows:
            continue
        line = Line(reading, table, rows[word], "plan")
        if key.startswith("within."):
            within[key.removeprefix("within.")] = line.text("value", at=key)
        else:
            head[key] = line.text("value", at=key)
    return without_blanks(head | {"within": without_blanks(within)})


def read_rounds(reading: Reading, sheet: Sheet) -> list[Body]:
    """This function will read the rounds: one a row, until the sheet ends."""
    table = reading.table(sheet, layout.ROUND_COLUMNS, needed=("code", "title", "due_date"))
    rounds: list[Body] = []
    for row in table.rows:
        keys = [column.key for column in layout.ROUND_COLUMNS]
        if all(row.get(key).is_blank for key in keys):
            continue
        code = row.get("code").text.strip()
        line = Line(reading, table, row, item("rounds", code, len(rounds) + 1))
        line.here("code")
        if code in [one.get("code") for one in rounds]:
            line.wrong("duplicate_code", f"{code} 写了两行，请只留一行。", key="code")
        rounds.append(without_blanks({key: line.text(key) for key in keys}))
    return rounds


def read_indicators(reading: Reading, sheet: Sheet, *, used: set[str]) -> list[Body]:
    """This function will read the indicators that targets name; the others are only offered."""
    needed = ("code", "name", "kind", "over_units", "over_time")
    table = reading.table(sheet, layout.INDICATOR_COLUMNS, needed=needed)
    found: list[Body] = []
    for row in table.rows:
        code = row.get("code").text.strip()
        if code not in used:
            continue
        line = Line(reading, table, row, item("indicators", code, len(found) + 1))
        line.here("code")
        if code in [one.get("code") for one in found]:
            line.wrong("duplicate_code", f"{code} 写了两行，请只留一行。", key="code")
        found.append(_indicator(line))
    return found


def _indicator(line: Line) -> Body:
    kind = line.choice("parts_kind", PARTS, at="parts")
    parts = listed(line.text("parts"))
    return without_blanks(
        {
            "code": line.text("code"),
            "name": line.text("name"),
            "kind": line.choice("kind", KINDS),
            "unit": line.text("unit"),
            "decimals": line.text("decimals"),
            "over_units": line.choice("over_units", OVER_UNITS),
            "over_time": line.choice("over_time", OVER_TIME),
            "hint": line.text("hint"),
            "parts": {kind or "count": parts} if parts or kind else {},
        }
    )
