"""A new connection to an SQLite file: WAL, every commit to the disk, foreign keys held."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import Any

from sqlalchemy import Engine

# Pages that wait in the WAL before whoever commits must carry them over: 32 MB. The fold carries
# them over before that, and nobody waits for it.
MOST_WAITING = 8000


def prepare(connection: Any, _record: Any, *, patience: float) -> None:
    """This function will set what every connection keeps to; raises OperationalError when busy."""
    # The driver must not begin by itself: a deferred transaction that first reads and then
    # writes fails at once with "database is locked", whatever the timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={patience * 1000:.0f}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-65536",
        f"wal_autocheckpoint={MOST_WAITING}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    _keep_in_wal(cursor, patience=patience)
    cursor.close()


def carry_over(engine: Engine) -> None:
    """This function will write what waits in the WAL of an SQLite file to the file itself.

    It takes what no reader needs any more and holds no writer up.
    """
    if engine.dialect.name == "sqlite":
        # Past SQLAlchemy, which would begin a transaction: inside one it is refused.
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _keep_in_wal(cursor: Any, *, patience: float) -> None:
    # Of two that turn a new file to WAL at once one is refused, and no timeout of SQLite helps.
    deadline = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as refused:
            if (
                refused.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
                or time.monotonic() > deadline
            ):
                raise
            time.sleep(0.02)
        else:
            return
