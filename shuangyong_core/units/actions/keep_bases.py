"""Sets base numbers of units from a date on: the latest counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm import Session

from shuangyong_core.db import table_of
from shuangyong_core.units.models import UnitBase

Place = tuple[int, str]  # unit, base
BASE = table_of(UnitBase)
SAME_DAY = delete(BASE).where(
    BASE.c.unit == bindparam("of_unit"),
    BASE.c.key == bindparam("of_key"),
    BASE.c.date == bindparam("on"),
)


def keep_bases(session: Session, values: Mapping[Place, tuple[date, int]]) -> None:
    """This function will keep a value by unit and base; one of the same date gives way to it."""
    rows = [
        {"unit": unit, "key": key, "date": day, "value": value}
        for (unit, key), (day, value) in values.items()
    ]
    if rows:
        same = [{"of_unit": r["unit"], "of_key": r["key"], "on": r["date"]} for r in rows]
        session.connection().execute(SAME_DAY, same)
        session.execute(insert(BASE), rows)
        session.expire_all()
