"""Who is at a long job says so for as long as its process lives; others can ask, and wait not."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from sqlalchemy import Connection, Engine, func, select

from shuangyong_core.turns import file_of


@contextmanager
def at_work(engine: Engine, job: str) -> Iterator[None]:
    """This function will show that somebody is at a job; many may be at the same one."""
    if engine.dialect.name == "postgresql":
        with _line_of_its_own(engine) as line:
            line.execute(select(func.pg_advisory_lock_shared(crc32(job.encode()))))
            yield
        return
    file = _file(engine, job)
    try:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield
    finally:
        os.close(file)


def is_somebody_at(engine: Engine, job: str) -> bool:
    """This function will say whether anybody is at a job now; who was killed is not."""
    if engine.dialect.name == "postgresql":
        with _line_of_its_own(engine) as line:
            return not line.scalar(select(func.pg_try_advisory_lock(crc32(job.encode()))))
    file = _file(engine, job)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@contextmanager
def _line_of_its_own(engine: Engine) -> Iterator[Connection]:
    """Outside the pool and any transaction: the server takes the lock back when the line ends."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as line:
        line.detach()
        yield line


def _file(engine: Engine, job: str) -> int:
    database = file_of(engine.url.database)
    if database is None:
        raise ValueError("nobody shares a database in memory")
    return os.open(f"{database}-{job}", os.O_RDONLY | os.O_CREAT, 0o644)
