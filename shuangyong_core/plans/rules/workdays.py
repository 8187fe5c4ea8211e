"""Moves the plain dates of a plan's rounds off rest days, and says each move."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from shuangyong_core.calendar.rules import Calendar

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
# A date by which something is handed in moves on, one by which work is done moves back.
DATES = {
    "opens_on": ("开放填报", ONE_DAY),
    "due_date": ("报送时限", ONE_DAY),
    "locks_on": ("截止补报", ONE_DAY),
    "done_by": ("办理时限", -ONE_DAY),
}


def to_workdays(body: Mapping[str, Any], calendar: Calendar) -> tuple[dict[str, Any], list[str]]:
    """This function will give the body with its rounds on working days, and what was moved."""
    moved = deepcopy(dict(body))
    notes: list[str] = []
    for one in moved.get("rounds", ()):
        for key, (word, step) in DATES.items():
            before = _plain(one.get(key))
            if before is None or calendar.is_workday(before):
                continue
            after = before
            while not calendar.is_workday(after):
                after += step
            one[key] = after.isoformat()
            weekday = WEEKDAYS[before.weekday()]
            notes.append(f"{one.get('code')} {word} {before}（星期{weekday}）不上班，改为 {after}")
    return moved, notes


def _plain(rule: object) -> date | None:
    try:
        return date.fromisoformat(str(rule))
    except ValueError:
        return None
