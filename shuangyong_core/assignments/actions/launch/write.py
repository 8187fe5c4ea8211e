"""From the work into the lasting tables: INSERT..SELECT, none of which repeats a row."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, Executable, and_, bindparam, case, func, insert, literal, null, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.work import (
    UNITS,
    WORK,
    dialect_of,
    insert_into,
    integer,
    run,
)
from shuangyong_core.assignments.models import Assignment, DueItem, HoldStatus, Quota, ReportStatus
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import UtcDateTime
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Round, Target, TargetReporter

ASSIGNMENT = ["target", "unit", "role", "hold_status", "report_status", "version"]
QUOTA = ["target", "unit", "valid_from", "held", "own", "state", "source", "reason"]
DUE = ["target", "unit", "round", "done_by", "first_due", "due", "due_version", "is_backfill"]
DUE += ["valid_from"]
MARK = ["unit", "target", "round"]


def write_down(
    session: Session, *, issuer: int, levels: range, quotas: range, at: datetime, by_code: bool
) -> int:
    """This function will write the work of some levels and give how many assignments are new.

    A repeat finds every row there and marks nothing again.
    """
    dialect = dialect_of(session)
    where = {"first": levels.start, "last": levels.stop}
    new = run(session, _assignments(dialect), issuer=issuer, **where)
    if quotas:
        run(session, _quotas(dialect), at=at, first=quotas.start, last=quotas.stop)
    for name in ("code", "kind") if by_code else ("kind",):
        run(session, _due_items(dialect, name), at=at, day=shanghai_date(at), **where)
        if new:
            run(session, _marks(name), **where)
    return new


@cache
def _assignments(dialect: str) -> Executable:
    role = case((WORK.c.holds == 0, "report"), (WORK.c.reports == 0, "hold"), else_="both")
    # The issuer sent the plan itself: it has nothing to sign for, only its own split to confirm.
    hold = case(
        (WORK.c.holds == 0, null()),
        (WORK.c.unit == bindparam("issuer"), str(HoldStatus.ACKNOWLEDGED)),
        else_=str(HoldStatus.ISSUED),
    )
    report = case((WORK.c.reports == 1, str(ReportStatus.ISSUED)), else_=null())
    rows = select(WORK.c.target, WORK.c.unit, role, hold, report, literal(1))
    return _insert(dialect, Assignment, ASSIGNMENT, rows.where(_standing()))


@cache
def _quotas(dialect: str) -> Executable:
    own = WORK.alias("own")
    held = WORK.c.share + WORK.c.each
    kept = case((WORK.c.holds == 0, held), else_=func.coalesce(own.c.share + own.c.each, 0))
    party = and_(
        own.c.depth == WORK.c.depth + 1,
        own.c.target == WORK.c.target,
        own.c.unit == WORK.c.unit,
    )
    words = literal("proposed"), literal("default"), literal("")
    columns = WORK.c.target, WORK.c.unit, _at(), held, kept, *words
    rows = select(*columns).outerjoin_from(WORK, own, party)
    return _insert(dialect, Quota, QUOTA, rows.where(_standing(), WORK.c.measured == 1))


@cache
def _due_items(dialect: str, name: str) -> Executable:
    done_by = func.coalesce(TargetReporter.done_by, Round.done_by, Round.due_date)
    launched_on = bindparam("day", type_=Date())
    rows = select(
        WORK.c.target, WORK.c.unit, Round.id, done_by, Round.due_date, Round.due_date,
        literal(1), and_(Target.is_backfill, Round.due_date <= launched_on), _at(),
    )  # fmt: skip
    rows = _rounds(rows, name).join(Target, Target.id == WORK.c.target)
    return _insert(dialect, DueItem, DUE, rows.where(WORK.c.counted == 0))


@cache
def _marks(name: str) -> Executable:
    rows = _rounds(select(WORK.c.unit, WORK.c.target, Round.id), name)
    return insert(Mark).from_select(MARK, rows)


def _rounds(rows: Any, name: str) -> Any:
    """The rounds of each reporting row of the work, by its kind or by its code."""
    reporter = TargetReporter
    group = and_(
        reporter.target == WORK.c.target,
        reporter.from_version == WORK.c.version,
        reporter.who == UNITS.c[name],
    )
    return (
        rows.select_from(WORK)
        .join(UNITS, UNITS.c.unit == WORK.c.unit)
        .join(reporter, group)
        .join(Round, Round.id == reporter.round)
        .where(_standing(), WORK.c.reports == 1)
    )


def _standing() -> Any:
    """Rows of the levels asked for, without the parties that stand for a holder's own work."""
    first, last = integer("first"), integer("last")
    return and_(WORK.c.depth >= first, WORK.c.depth < last, WORK.c.is_own == 0)


def _at() -> Any:
    return bindparam("at", type_=UtcDateTime())


def _insert(dialect: str, model: Any, names: list[str], rows: Any) -> Executable:
    statement = insert_into(dialect, model).from_select(names, rows)
    inserted: Executable = statement.on_conflict_do_nothing()
    return inserted
