"""The fold: takes the marks that are there, builds those leaves anew, and climbs both trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Target
from shuangyong_core.rollups.actions.alone import FOLD, is_alone
from shuangyong_core.rollups.actions.build import build, depths
from shuangyong_core.rollups.actions.count_confirmed import count_confirmed
from shuangyong_core.rollups.actions.statements import dirty
from shuangyong_core.rollups.actions.statements.tables import (
    DIRTY,
    DIRTY_LEAF,
    MARKED,
    REAL,
    clear,
)
from shuangyong_core.rollups.models import Fold, LeafState

# From a fifth of the leaves on, building the plan whole costs less than picking: rollup.md §2.
WHOLE_FROM = 5


@dataclass(frozen=True, slots=True)
class FoldDone:
    """The number of the fold, None when there was nothing to do, and the marks it took."""

    no: int | None
    marks: int


def fold(session: Session, *, at: datetime) -> FoldDone:
    """This function will fold the marks that are there; those that come meanwhile wait."""
    if not is_alone(session, job=FOLD, at=at):
        return FoldDone(no=None, marks=0)
    clear(session, DIRTY)
    session.execute(dirty.take_marks())
    marks = session.scalar(select(func.count()).select_from(MARKED)) or 0
    if not marks:
        return FoldDone(no=None, marks=0)
    plans = marked_plans(session)
    no = open_fold(session, at=at, marks=marks)
    note_leaves(session)
    count_confirmed(session, plans=plans, at=at, only_marked=True)
    note_cells(session, plans=plans)
    build(session, REAL, plans=plans, only_dirty=not _is_most(session, plans), fold=no)
    session.execute(dirty.drop_marks())
    return FoldDone(no=no, marks=marks)


def open_fold(session: Session, *, at: datetime, marks: int) -> int:
    """This function will number a fold."""
    written = session.execute(insert(Fold).values(at=at, marks=marks).returning(Fold.no))
    return int(written.scalar_one())


def marked_plans(session: Session) -> Sequence[int]:
    """This function will tell which plans the taken marks belong to."""
    found = select(Target.plan).where(Target.id.in_(select(MARKED.c.target))).distinct()
    return session.scalars(found).all()


def note_leaves(session: Session) -> None:
    """This function will name the leaves of the taken marks."""
    session.execute(dirty.dirty_leaves())


def note_cells(session: Session, *, plans: Sequence[int]) -> None:
    """This function will name every cell over the dirty leaves, the nodes' own included."""
    for depth in range(max(depths(session, plans=plans).values(), default=-1) + 1):
        session.execute(dirty.dirty_cells(), {"at_depth": depth})


def _is_most(session: Session, plans: Sequence[int]) -> bool:
    few = session.scalar(select(func.count()).select_from(DIRTY_LEAF)) or 0
    targets = select(Target.id).where(Target.plan.in_(plans))
    everything = select(func.count()).where(LeafState.target.in_(targets))
    return few * WHOLE_FROM > (session.scalar(everything) or 0)
