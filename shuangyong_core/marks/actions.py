"""Writing marks and steps: each in the transaction of the act that calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shuangyong_core.marks.models import Mark, Step

# What an actor is to this part: the lasting key that tables keep.
ActorKey = str


def mark(session: Session, cells: Iterable[tuple[int, int, int]]) -> None:
    """This function will mark (unit, target, round) ids to be folded again."""
    rows = [{"unit": unit, "target": target, "round": round_} for unit, target, round_ in cells]
    if rows:
        session.execute(insert(Mark), rows)


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
    session.execute(
        insert(Step).values(
            subject_kind=subject_kind,
            subject_id=subject_id,
            unit=unit,
            from_status=from_status,
            to_status=to_status,
            at=at,
            actor=actor,
            note=note,
        )
    )


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
        session.execute(insert(Step), rows)
