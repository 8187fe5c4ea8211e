"""Rows that change in place leave behind what they were, and until when: a past day can be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    CompoundSelect,
    Insert,
    Table,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from shuangyong_core.db import Base, UtcDateTime, table_of

UNTIL = "until"


def was_table(kept: type[Base]) -> Table:
    """This function will give the table of what rows were: their columns, and until when."""
    table = table_of(kept)
    columns = [
        # What points to another row does so by its id; the other may be gone.
        Column(
            c.name,
            BigInteger() if c.foreign_keys else c.type,
            primary_key=c.primary_key,
            nullable=c.nullable,
            autoincrement=False,
        )
        for c in table.columns
    ]
    until: Column[datetime] = Column(UNTIL, UtcDateTime(), primary_key=True)
    return Table(f"{table.name}_was", Base.metadata, *columns, until)


def leaving(table: Table, was: Table, *changing: ColumnElement[bool], at: Any = None) -> Insert:
    """This function will note rows that are about to change; of two changes at once the first.

    The instant is given, or filled in later as `at`.
    """
    until = bindparam("at", type_=UtcDateTime()) if at is None else literal(at, UtcDateTime())
    noted = exists().where(*_same(was, table), was.c[UNTIL] == until)
    rows = select(*table.c, until).where(*changing, ~noted)
    return insert(was).from_select([*table.c.keys(), UNTIL], rows)


def leave(
    session: Session, table: Table, was: Table, *changing: ColumnElement[bool], at: datetime
) -> None:
    """This function will note rows that are about to change at an instant."""
    session.connection().execute(leaving(table, was, *changing, at=at))


def as_they_were(table: Table, was: Table, end: ColumnElement[Any]) -> CompoundSelect[Any]:
    """This function will read the rows as they stood right before an instant."""
    older = was.alias("older")
    first = select(func.min(older.c[UNTIL])).where(*_same(older, was), older.c[UNTIL] >= end)
    changed_since = exists().where(*_same(was, table), was.c[UNTIL] >= end)
    return union_all(
        select(*table.c).where(~changed_since),
        select(*(was.c[name] for name in table.c.keys())).where(  # noqa: SIM118 - columns, not a dict
            was.c[UNTIL] == first.scalar_subquery()
        ),
    )


def _same(one: Any, other: Any) -> list[ColumnElement[bool]]:
    keys = [column.name for column in one.primary_key if column.name != UNTIL]
    return [one.c[name] == other.c[name] for name in keys]
