"""Puts the kept rows of one reporter back into groups that a plan's reader takes apart the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]


def regroup(rows: Sequence[Row]) -> list[list[Row]]:
    """This function will part a reporter's rows, given by due date, as seldom as it can.

    Read as one group every done-by date joins the first round due on or after it; where that is
    another round than it stands at, each rule is a group of its own.
    """
    if len({row["for_kind"] for row in rows}) == 1 and _join_the_same(rows):
        return [list(rows)]
    parts: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        parts.setdefault((row["done_rule"], row["for_kind"]), []).append(row)
    return list(parts.values())


def _join_the_same(rows: Sequence[Row]) -> bool:
    def joined(day: date) -> str | None:
        return next((row["round"] for row in rows if row["due_date"] >= day), None)

    return all(joined(row["done_by"]) == row["round"] for row in rows if row["done_rule"])
