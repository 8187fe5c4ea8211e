"""Many acts under one commit, each kept or undone for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core.db import write
from shuangyong_core.errors import Conflict
from shuangyong_core.later import Rows, add_rows, hold_rows, release_rows, write_rows

Done = TypeVar("Done")
Act = Callable[[Session], Done]
Prepare = Callable[[Session, Sequence[object]], None]


def write_each(
    engine: Engine, acts: Sequence[Act[Done]], *, prepare: Prepare | None = None
) -> list[Done | Exception]:
    """This function will run many acts in one transaction, each kept or undone for itself.

    `prepare` may look up beforehand what the acts share. Nobody has an answer before the one commit
    of all: an fsync is what a write mostly waits for.
    """
    kept: Rows = {}
    with write(engine) as session:
        if prepare is not None:
            prepare(session, acts)
        done = [_one_of(session, act, kept) for act in acts]
        write_rows(session, kept)
    return done


def _one_of(session: Session, act: Act[Done], kept: Rows) -> Done | Exception:
    hold_rows(session)
    done = in_savepoint(session, act)
    rows = release_rows(session)
    if isinstance(done, Conflict) and kept:
        # It may have to say what another act of this batch did: that must be there to be read.
        write_rows(session, kept)
        return in_savepoint(session, act)
    if not isinstance(done, Exception):
        add_rows(kept, rows)
    return done


def in_savepoint(session: Session, act: Act[Done]) -> Done | Exception:
    """This function will run an act that, when it fails, leaves nothing of itself."""
    # The ORM's own nested transaction costs more than the act; nothing here lives in the session.
    cursor = session.connection().connection.cursor()
    cursor.execute("SAVEPOINT act")
    try:
        done = act(session)
        session.flush()
    except Exception as fault:
        session.expunge_all()
        cursor.execute("ROLLBACK TO act")
        return fault
    finally:
        cursor.execute("RELEASE act")
        cursor.close()
    return done
