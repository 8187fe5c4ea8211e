"""Rows that the act which makes them never reads again: a batch of acts writes them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Insert, Update
from sqlalchemy.orm import Session

ROWS = "rows_for_later"
Writing = Insert | Update
Rows = dict[Writing, list[Mapping[str, Any]]]


def write_later(session: Session, writing: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """This function will write rows with those of the other acts of a batch; alone, at once.

    Only for tables that no act of a batch reads while it succeeds, and in the order of the acts.
    """
    waiting: Rows | None = session.info.get(ROWS)
    if waiting is not None:
        waiting.setdefault(writing, []).extend(rows)
    elif rows:
        session.execute(writing, rows)


def hold_rows(session: Session) -> None:
    """This function will let the rows of the act that comes next wait."""
    session.info[ROWS] = {}


def release_rows(session: Session) -> Rows:
    """This function will give the rows that wait, and let none wait from now on."""
    held: Rows = session.info.pop(ROWS, {})
    return held


def add_rows(kept: Rows, more: Mapping[Writing, Iterable[Mapping[str, Any]]]) -> None:
    """This function will put the rows of one act behind those of the acts before it."""
    for writing, rows in more.items():
        kept.setdefault(writing, []).extend(rows)


def write_rows(session: Session, kept: Rows) -> None:
    """This function will write all that waited and leave nothing waiting."""
    for writing, rows in kept.items():
        if rows:
            session.execute(writing, rows)
    kept.clear()
