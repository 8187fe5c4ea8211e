"""Folds beside the writers: works out in a snapshot, then takes its turn only to write down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.rollups.actions.alone import FOLD, is_alone, last_alone
from shuangyong_core.rollups.actions.fold import NOTHING_DONE, FoldDone, fold, work_out, write_down


def fold_beside(engine: Engine, *, at: datetime) -> FoldDone:
    """This function will fold the marks that are there, holding the one writer as little as it can.

    Whoever had the fold's job meanwhile knows more: what was worked out is then dropped, and the
    marks that are left wait for the next fold.
    """
    if engine.dialect.name != "sqlite":
        # Its writers do not wait for each other.
        with db.write(engine) as session:
            return fold(session, at=at)
    with db.beside(engine) as desk:
        with desk.read() as session:
            before = last_alone(session, job=FOLD)
            worked = work_out(session, at=at)
        if not worked.marks:
            return NOTHING_DONE
        with desk.write() as session:
            if last_alone(session, job=FOLD) != before or not is_alone(session, job=FOLD, at=at):
                return NOTHING_DONE
            return write_down(session, worked, at=at)
