"""Writes notices, each once to each unit however often it is told; and ends what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.db import insert_into
from shuangyong_core.supervision.models import Notice
from shuangyong_core.supervision.rules.notices import Rung

UNIQUE = ["subject_kind", "subject", "rung", "due_version", "recipient"]
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Word:
    """A notice before it is written; `due_version` tells a second time from a repetition."""

    subject_kind: str
    subject: int
    rung: Rung
    due_version: int
    recipient: int
    text: str
    reference: str


def end_notices(
    session: Session, kind: str, subject: int, *, at: datetime, is_over: bool = False
) -> None:
    """This function will mark as done what was told of a subject: an act has answered it.

    A copy for information waits for its reader until the matter is over.
    """
    told = (Notice.subject_kind == kind, Notice.subject == subject, Notice.read_at.is_(None))
    ended = update(Notice).where(*told).values(read_at=at)
    if not is_over:
        ended = ended.where(Notice.rung != Rung.HANDED_PAST.value)
    session.execute(ended.execution_options(synchronize_session=False))


def notify(session: Session, words: Sequence[Word], *, at: datetime) -> None:
    """This function will write notices; what was told before is not told again."""
    rows = [asdict(word) | {"text": word.text[:LONGEST], "at": at} for word in words]
    if rows:
        told = insert_into(session, Notice)
        session.execute(told.on_conflict_do_nothing(index_elements=UNIQUE), rows)
