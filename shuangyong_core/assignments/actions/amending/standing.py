"""Assignments after an amendment: who has a part now, as holder, as reporter, or no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, literal, null, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.launch.work import WORK, dialect_of, insert_into, run
from shuangyong_core.assignments.actions.launch.write import ASSIGNMENT
from shuangyong_core.assignments.actions.moving import HOLDS, REPORTS, move_side
from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus

Pairs = Sequence[tuple[int, int]]  # target, unit


def settle_assignments(
    session: Session, *, issuer: int, targets: Sequence[int], actor: Actor, at: datetime, note: str
) -> Pairs:
    """This function will bring assignments to the work, a step a move; gives those it touched."""
    run(session, _insert_new(dialect_of(session)), issuer=issuer)
    run(session, update(Assignment).where(_of(targets), _role_differs()).values(role=_role()))
    touched: list[tuple[int, int]] = []
    for side, plays in ((HOLDS, _part(WORK.c.holds == 1)), (REPORTS, _part(WORK.c.reports == 1))):
        # What was taken back can come to life again, with its own past.
        moves = [
            *((now, HoldStatus.WITHDRAWN, ~plays) for now in side.before(HoldStatus.WITHDRAWN)),
            *((now, HoldStatus.ISSUED, plays) for now in (None, HoldStatus.WITHDRAWN)),
        ]
        for now, to, which in moves:
            touched += move_side(
                session, side, _of(targets), which, now=now, to=to, actor=actor, at=at, note=note
            )
    return touched


def _insert_new(dialect: str) -> Any:
    # The amendment is the issuer's own act: it has nothing to sign for, nothing left to confirm.
    hold = case(
        (WORK.c.holds == 0, null()),
        (WORK.c.unit == bindparam("issuer"), str(HoldStatus.DECOMPOSED)),
        else_=str(HoldStatus.ISSUED),
    )
    report = case((WORK.c.reports == 1, str(ReportStatus.ISSUED)), else_=null())
    rows = select(WORK.c.target, WORK.c.unit, _role_of_work(), hold, report, literal(1))
    written = insert_into(dialect, Assignment).from_select(
        ASSIGNMENT, rows.where(WORK.c.is_own == 0)
    )
    return written.on_conflict_do_nothing()


def _role_of_work() -> Any:
    return case((WORK.c.holds == 0, "report"), (WORK.c.reports == 0, "hold"), else_="both")


def _role() -> Any:
    return select(_role_of_work()).where(*_same()).correlate(Assignment).scalar_subquery()


def _role_differs() -> Any:
    return exists().where(*_same(), _role_of_work() != Assignment.role)


def _part(plays: ColumnElement[bool]) -> Any:
    return exists().where(*_same(), plays)


def _same() -> tuple[ColumnElement[bool], ...]:
    return (
        WORK.c.target == Assignment.target,
        WORK.c.unit == Assignment.unit,
        WORK.c.is_own == 0,
    )


def _of(targets: Sequence[int]) -> ColumnElement[bool]:
    return Assignment.target.in_(targets)
