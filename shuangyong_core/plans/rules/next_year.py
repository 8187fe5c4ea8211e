"""Takes a plan's body into another year: its code, its title and its plain dates move along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

PLAIN_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
ROUND_DATES = ("opens_on", "due_date", "locks_on", "done_by")
# Approved and filed for its own year only.
OF_ITS_YEAR = ("approved_by", "filing_no")


def into_year(body: Mapping[str, Any], *, code: str, year: int) -> dict[str, Any]:
    """This function will give the body for another year; rules by festivals stay as they are."""
    moved = deepcopy(dict(body))
    head = moved["plan"]
    before = int(head["year"])
    head["title"] = str(head.get("title", "")).replace(str(before), str(year))
    head |= {"code": code, "year": str(year)}
    for key in OF_ITS_YEAR:
        head.pop(key, None)
    by = year - before
    for one in moved.get("rounds", ()):
        one |= {key: _later(one[key], by) for key in ROUND_DATES if one.get(key)}
    for target in moved.get("targets", ()):
        for part in (target, *_groups(target)):
            if part.get("done_by"):
                part["done_by"] = [_later(rule, by) for rule in _listed(part["done_by"])]
    return moved


def next_code(code: str, *, year: int, next_year: int) -> str:
    """This function will give the code of the next year's plan: linjiang-2026, linjiang-2027."""
    if str(year) in code:
        return code.replace(str(year), str(next_year))
    return f"{code}-{next_year}"


def _groups(target: Mapping[str, Any]) -> list[dict[str, Any]]:
    reported_by = target.get("reported_by")
    listed = reported_by if isinstance(reported_by, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _later(rule: str, years: int) -> str:
    found = PLAIN_DATE.fullmatch(str(rule).strip())
    if found is None:
        return str(rule)
    year, month, day = map(int, found.groups())
    try:
        return date(year + years, month, day).isoformat()
    except ValueError:  # 29 February
        return date(year + years, month, 28).isoformat() if (month, day) == (2, 29) else str(rule)
