"""Old .xls files, read in a child process with little memory and time; it may die, we not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from shuangyong_core.sheets.book import Cell, Limits, Row, Sheet, Value
from shuangyong_core.sheets.refusing import Unreadable
from shuangyong_core.sheets.values import number_cell

CHILD = Path(__file__).with_name("xls_child.py")
MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def check_old_file(data: bytes) -> None:
    """This function will raise Unreadable for what an OLE2 file may hold and we may not read."""
    if _stream("EncryptedPackage") in data:
        raise Unreadable("encrypted")
    if _stream("_VBA_PROJECT") in data or _stream("_VBA_PROJECT_CUR") in data:
        raise Unreadable("macro", "VBA 工程")
    if _stream("Workbook") not in data and _stream("Book") not in data:
        raise Unreadable("not_a_workbook", "这不是工作簿")


def read_old_file(data: bytes, *, limits: Limits) -> tuple[tuple[Sheet, ...], dict[str, str]]:
    """This function will read an .xls; gives its sheets, and what lies beyond the limits."""
    check_old_file(data)
    told = _ask_child(data, limits=limits)
    if told.get("error"):
        raise Unreadable(*_said_by_child(str(told["error"])))
    return tuple(_sheet(each) for each in told["sheets"]), dict(told["problems"])


def _ask_child(data: bytes, *, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), str(limits.seconds)]
    command += [str(limits.rows), str(limits.columns)]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable("file_too_complex", "读取超时") from late
    if done.returncode:
        raise Unreadable("file_too_complex", "读取时内存或时间不够")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _said_by_child(error: str) -> tuple[str, str]:
    if "assword" in error or "ncrypt" in error:
        return "encrypted", ""
    return "broken_file", "旧格式的工作簿读不出来"


def _sheet(told: Mapping[str, Any]) -> Sheet:
    inside: dict[int, dict[int, str]] = {}
    for shown, top, left, bottom, right in told["merged"]:
        for row in range(top, bottom + 1):
            inside.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), shown))
    rows = []
    for number, cells in told["rows"]:
        merged = inside.get(number, {})
        known = [_cell(number, *cell, merged=merged) for cell in cells]
        filled = tuple(cell for cell in known if not cell.is_blank)
        if filled:
            rows.append(Row(number, filled, False, merged))
    merged_ranges = tuple(each[0] for each in told["merged"])
    return Sheet(told["title"], tuple(rows), told["state"], merged_ranges)


def _cell(row: int, column: int, kind: str, raw: str, *, merged: Mapping[int, str]) -> Cell:
    value: Value = raw
    text, error = raw, None
    if kind == "number":
        value, text = number_cell(raw, kind="number", epoch_1904=False)
    elif kind == "moment":
        moment = datetime.fromisoformat(raw)
        whole_day = moment.time().isoformat() == "00:00:00"
        value = moment.date() if whole_day else moment
        text = value.isoformat() if whole_day else moment.isoformat(sep=" ", timespec="minutes")
    elif kind == "bool":
        value, text = raw == "TRUE", raw
    elif kind == "text" and raw.startswith("#") and raw.endswith(("!", "?", "/A", "/0!")):
        value, text, error = None, "", raw
    return Cell(row, column, value, text, False, error, merged.get(column))
