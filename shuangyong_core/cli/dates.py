"""Reads a day that an option names with the one date parser, and says what was put right."""

from __future__ import annotations

from datetime import date

from shuangyong_core.cli.desk import err
from shuangyong_core.guard.dates import parse_date


def read_day(text: str, *, field: str) -> date:
    """This function will read a day; what was put right is said beside the answer; NotADate."""
    parsed = parse_date(text, field=field)
    for note in parsed.notes:
        err.print(f"已自动更正：{field} {note}", markup=False)
    return parsed.day
