"""What is due in the year below a place: items by kind of unit, round and date, read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from shuangyong_core.rollups.queries.late import DUE, ROUND, items_below
from shuangyong_core.rollups.queries.place import UNIT, Place


class Planned(NamedTuple):
    """Items of units of one kind that fall due together."""

    kind: str
    round: int
    round_code: str
    due: date
    items: int
    first_code: str  # of the units: kinds are listed in the order of their first


def read_planned(session: Session, place: Place) -> Sequence[Planned]:
    """This function will count what is due in the subtree of a place."""
    return [Planned(*row) for row in session.execute(_planned(), place.asked)]


@cache
def _planned() -> Select[Any]:
    keys = (UNIT.c.kind, ROUND.c.id, ROUND.c.code, DUE.c.due)
    return (
        items_below(*keys, func.count(), func.min(UNIT.c.code))
        .join(UNIT, UNIT.c.id == DUE.c.unit)
        .group_by(*keys)
    )
