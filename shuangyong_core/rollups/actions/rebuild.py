"""The full rebuild: the statements of the fold without their filter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shuangyong_core.errors import Conflict
from shuangyong_core.plans.models import Plan
from shuangyong_core.rollups.actions.alone import FOLD, is_alone
from shuangyong_core.rollups.actions.build import build
from shuangyong_core.rollups.actions.count_confirmed import count_confirmed, keep_confirmed
from shuangyong_core.rollups.actions.fold import FoldDone, open_fold
from shuangyong_core.rollups.actions.statements import dirty
from shuangyong_core.rollups.actions.statements.tables import DIRTY, MARKED, REAL, clear


class FoldIsRunning(Conflict):
    """Another process folds right now."""

    message = "汇总正在更新，请过几秒再试。"


def rebuild(session: Session, *, at: datetime) -> FoldDone:
    """This function will build every leaf and cell anew. Raises FoldIsRunning."""
    if not is_alone(session, job=FOLD, at=at):
        raise FoldIsRunning
    clear(session, DIRTY)
    session.execute(dirty.take_marks())
    marks = session.scalar(select(func.count()).select_from(MARKED)) or 0
    plans = session.scalars(select(Plan.id)).all()
    no = open_fold(session, at=at, marks=marks)
    count_confirmed(session, plans=plans, at=at, only_marked=False)
    keep_confirmed(session)
    for grain in REAL.grains:
        session.execute(delete(grain.leaf))
        session.execute(delete(grain.cell))
    build(session, REAL, plans=plans, fold=no)
    session.execute(dirty.drop_marks())
    return FoldDone(no=no, marks=marks)
