"""Keeps what the product counted by itself for automatic targets: one way for every rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import (
    Insert,
    Select,
    Subquery,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from shuangyong_core.before import leave
from shuangyong_core.db import database_of, insert_into, table_of
from shuangyong_core.marks.actions import marking
from shuangyong_core.reports.models import COUNTED_WAS, Counted

KEYS = ("target", "unit", "round")
NUMBERS = ("numerator", "denominator")
COLUMNS = (*KEYS, *NUMBERS, "at")


def keep_counted(session: Session, counted: Select[Any]) -> None:
    """This function will keep what a query counts, by its COLUMNS; what is the same stays.

    It marks nothing: the fold calls it between its marks and its leaves.
    """
    now = counted.subquery("counted_now").c
    # Without a condition SQLite would read ON CONFLICT as a join's.
    rows = select(*(now[name] for name in COLUMNS)).where(now.target.is_not(None))
    written = insert_into(session, Counted).from_select(COLUMNS, rows)
    new = written.excluded
    session.execute(_leave(now))
    session.execute(
        written.on_conflict_do_update(
            index_elements=KEYS,
            set_={"numerator": new.numerator, "denominator": new.denominator, "at": new.at},
            where=or_(Counted.numerator != new.numerator, Counted.denominator != new.denominator),
        )
    )


def recount(
    session: Session, counted: Select[Any], *, targets: Select[tuple[int]], at: datetime
) -> None:
    """This function will keep what a query counts for these targets, forget what it no longer
    counts, and mark exactly what has changed: how the parts above bring in their counts."""
    if database_of(session) == "postgresql":
        # Who counts second must see what the first has counted; SQLite has one writer anyway.
        session.execute(select(func.pg_advisory_xact_lock(crc32(b"counted"))))
    now = counted.subquery("now")
    session.execute(marking(_changed(now)))
    session.execute(marking(_gone(now, targets)))
    gone = _gone(now, targets).subquery()
    lost = tuple_(*_kept()).in_(select(gone.c.target, gone.c.unit, gone.c.round))
    leave(session, table_of(Counted), COUNTED_WAS, lost, at=at)
    session.execute(delete(Counted).where(lost))
    keep_counted(session, select(now, literal(at, Counted.at.type).label("at")))


def _leave(now: Any) -> Insert:
    """What was counted before stands until the new count's instant."""
    kept, was = table_of(Counted), COUNTED_WAS
    same = [kept.c[name] == now[name] for name in KEYS]
    noted = exists().where(*(was.c[name] == now[name] for name in KEYS), was.c.until == now.at)
    differs = or_(*(kept.c[name] != now[name] for name in NUMBERS))
    rows = select(*kept.c, now.at).where(*same, differs, ~noted)
    return insert(was).from_select([*kept.c.keys(), "until"], rows)


def _kept() -> tuple[Any, Any, Any]:
    return Counted.target, Counted.unit, Counted.round


def _changed(now: Subquery) -> Select[tuple[int, int, int]]:
    same = and_(*(getattr(Counted, name) == now.c[name] for name in KEYS))
    differs = or_(*(getattr(Counted, name).is_distinct_from(now.c[name]) for name in NUMBERS))
    found = select(now.c.unit, now.c.target, now.c.round).outerjoin(Counted, same)
    return found.where(differs)


def _gone(now: Subquery, targets: Select[tuple[int]]) -> Select[tuple[int, int, int]]:
    same = and_(*(getattr(Counted, name) == now.c[name] for name in KEYS))
    found = select(Counted.unit, Counted.target, Counted.round).outerjoin(now, same)
    return found.where(Counted.target.in_(targets), now.c.target.is_(None))
