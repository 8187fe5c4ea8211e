"""Writes the row of a file whose bytes are on disk already."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.db import insert_into
from shuangyong_core.evidence.models import File
from shuangyong_core.evidence.rules import Stored


def keep_file(session: Session, stored: Stored, *, at: datetime) -> None:
    """This function will name a stored file in the database; the same file twice is one row."""
    statement = insert_into(session, File).values(**asdict(stored), stored_at=at)
    session.execute(statement.on_conflict_do_nothing(index_elements=["sha256"]))
