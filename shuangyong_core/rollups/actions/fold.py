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
from shuangyong_core.rollups.actions.count_confirmed import count_confirmed, keep_confirmed
from shuangyong_core.rollups.actions.statements import dirty, new
from shuangyong_core.rollups.actions.statements.tables import (
    DIRTY,
    DIRTY_LEAF,
    MARKED,
    NEW,
    REAL,
    clear,
)
from shuangyong_core.rollups.models import Fold, LeafState
from shuangyong_core.units.successions import has_successions

# From a fifth of the leaves on, building the plan whole costs less than picking: rollup.md §2.
WHOLE_FROM = 5


@dataclass(frozen=True, slots=True)
class FoldDone:
    """The number of the fold, None when there was nothing to do, and the marks it took."""

    no: int | None
    marks: int


NOTHING_DONE = FoldDone(no=None, marks=0)


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out and lies in temporary tables: marks taken, of which plans."""

    marks: int
    plans: Sequence[int] = ()
    is_whole: bool = False  # too much to pick: the plans are built when it is written down


def fold(session: Session, *, at: datetime) -> FoldDone:
    """This function will fold the marks that are there; those that come meanwhile wait."""
    if not is_alone(session, job=FOLD, at=at):
        return NOTHING_DONE
    return write_down(session, work_out(session, at=at), at=at)


def work_out(session: Session, *, at: datetime) -> Worked:
    """This function will take the marks and build what they touch beside what is kept."""
    clear(session, (*DIRTY, *NEW.each))
    session.execute(dirty.take_marks())
    marks = session.scalar(select(func.count()).select_from(MARKED)) or 0
    if not marks:
        return Worked(0)
    plans = marked_plans(session)
    note_leaves(session)
    count_confirmed(session, plans=plans, at=at, only_marked=True)
    if _is_most(session, plans):
        return Worked(marks, plans, is_whole=True)
    note_cells(session, plans=plans)
    build(session, NEW, plans=plans)
    for statement in new.note_gone():
        session.execute(statement)
    return Worked(marks, plans)


def write_down(session: Session, worked: Worked, *, at: datetime) -> FoldDone:
    """This function will put what was worked out in its place and drop the marks it took."""
    if not worked.marks:
        return NOTHING_DONE
    no = open_fold(session, at=at, marks=worked.marks)
    keep_confirmed(session)
    if worked.is_whole:
        build(session, REAL, plans=worked.plans, fold=no)
    else:
        new.write_down(session, fold=no)
    session.execute(dirty.drop_marks())
    return FoldDone(no=no, marks=worked.marks)


def open_fold(session: Session, *, at: datetime, marks: int) -> int:
    """This function will number a fold."""
    written = session.execute(insert(Fold).values(at=at, marks=marks).returning(Fold.no))
    return int(written.scalar_one())


def marked_plans(session: Session) -> Sequence[int]:
    """This function will tell which plans the taken marks belong to."""
    found = select(Target.plan).where(Target.id.in_(select(MARKED.c.target))).distinct()
    return session.scalars(found).all()


def note_leaves(session: Session) -> None:
    """This function will name the leaves of the taken marks, and those whose year hangs on them."""
    session.execute(dirty.dirty_leaves())
    if has_successions(session):
        session.execute(dirty.dirty_predecessors())


def note_cells(session: Session, *, plans: Sequence[int]) -> None:
    """This function will name every cell over the dirty leaves, the nodes' own included."""
    for depth in range(max(depths(session, plans=plans).values(), default=-1) + 1):
        session.execute(dirty.dirty_cells(), {"at_depth": depth})


def _is_most(session: Session, plans: Sequence[int]) -> bool:
    few = session.scalar(select(func.count()).select_from(DIRTY_LEAF)) or 0
    targets = select(Target.id).where(Target.plan.in_(plans))
    # Counted no further than matters: a district has a hundred thousand.
    enough = select(LeafState.unit).where(LeafState.target.in_(targets)).limit(few * WHOLE_FROM)
    everything = select(func.count()).select_from(enough.subquery("enough"))
    return few * WHOLE_FROM > (session.scalar(everything) or 0)
