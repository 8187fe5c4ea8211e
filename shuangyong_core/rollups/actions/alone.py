"""One fold at a time, however many processes run a folder."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from shuangyong_core.rollups.models import JobLock

FOLD = "fold"


def is_alone(session: Session, *, job: str, at: datetime) -> bool:
    """This function will take a job for this transaction; False when another has it now."""
    if session.get_bind().dialect.name == "postgresql":
        key = crc32(job.encode())
        return bool(session.scalar(select(func.pg_try_advisory_xact_lock(key))))
    # SQLite has one writer: the row makes this transaction that one, and says who it was.
    here = f"{socket.gethostname()[:40]}:{os.getpid()}"
    row = {"holder": f"{here}:{secrets.token_hex(8)}", "until": at}
    session.execute(
        insert(JobLock)
        .values(name=job, **row)
        .on_conflict_do_update(index_elements=[JobLock.name], set_=row)
    )
    return True


def last_alone(session: Session, *, job: str) -> str | None:
    """This function will name the transaction that had a job last, each by another name."""
    return session.scalar(select(JobLock.holder).where(JobLock.name == job))


def take_turn(session: Session, *, job: str, at: datetime) -> None:
    """This function will take a job for this transaction, and wait for whoever has it now."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(crc32(job.encode()))))
    else:
        is_alone(session, job=job, at=at)
