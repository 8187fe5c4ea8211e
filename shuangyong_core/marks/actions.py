"""Writing marks and steps: each in the transaction of the act that calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Insert, Select, insert
from sqlalchemy.orm import Session

from shuangyong_core.db import table_of
from shuangyong_core.later import write_later
from shuangyong_core.marks.models import Mark, Step

# What an actor is to this part: the lasting key that tables keep.
ActorKey = str
# Built once: every act writes here, and to build a statement costs more than to run it.
WRITE_MARKS = insert(table_of(Mark))
WRITE_STEPS = insert(table_of(Step))


def mark(session: Session, cells: Iterable[tuple[int, int, int]]) -> None:
    """This function will mark (unit, target, round) ids to be folded again."""
    rows = [{"unit": unit, "target": target, "round": round_} for unit, target, round_ in cells]
    if rows:
        session.execute(WRITE_MARKS, rows)


def marking(cells: Select[tuple[int, int, int]]) -> Insert:
    """This function will build the statement that marks the cells a query finds."""
    return insert(table_of(Mark)).from_select(["unit", "target", "round"], cells)


def take_step(
    session: Session,
    *,
    subject_kind: str,
    subject_id: int,
    unit: int | None,
    from_status: str | None,
    to_status: str,
    at: datetime,
    actor: ActorKey,
    note: str = "",
) -> None:
    """This function will write down one move of one subject."""
    step = {
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "unit": unit,
        "from_status": from_status,
        "to_status": to_status,
        "at": at,
        "actor": actor,
        "note": note,
    }
    write_later(session, WRITE_STEPS, [step])


def take_steps(
    session: Session,
    *,
    subject_kind: str,
    subjects: Iterable[tuple[int, int | None]],
    from_status: str | None,
    to_status: str,
    at: datetime,
    actor: ActorKey,
    note: str = "",
) -> None:
    """This function will write down the same move of many subjects, each with its unit."""
    move = {
        "subject_kind": subject_kind,
        "from_status": from_status,
        "to_status": to_status,
        "at": at,
        "actor": actor,
        "note": note,
    }
    rows = [move | {"subject_id": subject, "unit": unit} for subject, unit in subjects]
    if rows:
        session.execute(WRITE_STEPS, rows)
