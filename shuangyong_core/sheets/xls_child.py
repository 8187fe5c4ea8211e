"""Run as a process of its own, never imported: reads an .xls from stdin, writes JSON to stdout."""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1024 * 1024 * 1024
LONGEST = 33_000
MOST_TEXT = 20_000_000


def main() -> None:
    """This function will set its own limits before it looks at a single byte."""
    seconds, rows, columns = (int(each) for each in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        told = _book(book, rows=rows, columns=columns)
    except CalamineError as wrong:
        told = {"error": f"{type(wrong).__name__}: {wrong}"[:200]}
    sys.stdout.write(json.dumps(told))


def _book(book: Any, *, rows: int, columns: int) -> dict[str, Any]:
    sheets: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    room = MOST_TEXT
    for about in book.sheets_metadata:
        if "WorkSheet" not in str(about.typ):
            continue
        sheet = book.get_sheet_by_name(about.name)
        found = []
        start_row, start_column = sheet.start or (0, 0)
        for number, values in enumerate(sheet.iter_rows(), start=start_row + 1):
            cells = _cells(values, first=start_column + 1)
            room -= sum(len(cell[2]) for cell in cells)
            if room < 0:
                raise MemoryError
            if cells and number > rows:
                problems.setdefault("too_many_rows", f"{about.name} 第 {number} 行")
                break
            if cells and cells[-1][0] > columns:
                problems.setdefault("too_many_columns", f"{about.name} 第 {number} 行")
                break
            if cells:
                found.append((number, cells))
        merged = [_range(*each) for each in (sheet.merged_cell_ranges or ())[:5000]]
        merged = [each for each in merged if each[3] <= rows and each[4] <= columns]
        sheets.append(
            {"title": about.name, "state": _state(about), "rows": found, "merged": merged}
        )
    return {"sheets": sheets, "problems": problems}


def _state(about: Any) -> str:
    word = str(about.visible).rpartition(".")[2]
    return {"Hidden": "hidden", "VeryHidden": "veryHidden"}.get(word, "visible")


def _range(start: tuple[int, int], end: tuple[int, int]) -> tuple[str, int, int, int, int]:
    top, left, bottom, right = start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1
    return f"{_letters(left)}{top}:{_letters(right)}{bottom}", top, left, bottom, right


def _letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cells(values: list[Any], *, first: int) -> list[tuple[int, str, str]]:
    return [
        (column, *_written(value))
        for column, value in enumerate(values, start=first)
        if value is not None and value != ""
    ]


def _written(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "bool", "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return "number", repr(value)
    if isinstance(value, datetime | date):
        return "moment", value.isoformat()
    if isinstance(value, time | timedelta):
        return "text", str(value)
    return "text", str(value)[:LONGEST]


if __name__ == "__main__":
    main()
