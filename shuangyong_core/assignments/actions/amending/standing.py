"""Assignments after an amendment: who has a part now, as holder, as reporter, or no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, literal, null, or_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.launch.work import WORK, dialect_of, insert_into, run
from shuangyong_core.assignments.actions.launch.write import ASSIGNMENT
from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.assignments.rules.statuses import NEXT_HOLD_STATUS, NEXT_REPORT_STATUS
from shuangyong_core.marks.actions import take_steps

Pairs = Sequence[tuple[int, int]]  # target, unit
# What may be taken back, and what was: an amendment can bring it to life again.
FROM_HOLD = [s for s, to in NEXT_HOLD_STATUS.items() if HoldStatus.WITHDRAWN in to]
FROM_REPORT = [s for s, to in NEXT_REPORT_STATUS.items() if ReportStatus.WITHDRAWN in to]


def settle_assignments(
    session: Session, *, issuer: int, targets: Sequence[int], actor: Actor, at: datetime, note: str
) -> Pairs:
    """This function will bring assignments to the work, a step a move; gives those it touched."""
    run(session, _insert_new(dialect_of(session)), issuer=issuer)
    run(session, update(Assignment).where(_of(targets), _role_differs()).values(role=_role()))
    told: dict[str, Any] = {"actor": actor, "at": at, "note": note}
    holds, reports = _part(WORK.c.holds == 1), _part(WORK.c.reports == 1)
    touched: list[tuple[int, int]] = []
    for column, kind, part, open_at, gone, begins in (
        (Assignment.hold_status, HOLD, holds, FROM_HOLD, HoldStatus.WITHDRAWN, HoldStatus.ISSUED),
        (Assignment.report_status, REPORT, reports, FROM_REPORT, ReportStatus.WITHDRAWN,
         ReportStatus.ISSUED),
    ):  # fmt: skip
        for now in open_at:
            where = (_of(targets), column == str(now), ~part)
            touched += _move(session, column, where, kind=kind, now=str(now), to=str(gone), **told)
        again = (_of(targets), or_(column == str(gone), column.is_(None)), part)
        touched += _move(session, column, again, kind=kind, now=None, to=str(begins), **told)
    return touched


def _move(
    session: Session,
    column: Any,
    where: tuple[ColumnElement[bool], ...],
    *,
    kind: str,
    now: str | None,
    to: str,
    actor: Actor,
    at: datetime,
    note: str,
) -> Pairs:
    moved = (
        update(Assignment)
        .where(*where)
        .values({column: to, Assignment.version: Assignment.version + 1})
        .returning(Assignment.target, Assignment.unit)
    )
    pairs = sorted((row.target, row.unit) for row in session.connection().execute(moved))
    take_steps(
        session, subject_kind=kind, subjects=pairs, from_status=now, to_status=to, at=at,
        actor=actor.key, note=note,
    )  # fmt: skip
    return pairs


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
