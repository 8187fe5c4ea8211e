"""Due items after an amendment: who reports when from now on; rounds that are over stay."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Executable,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from shuangyong_core.assignments.actions.launch.work import UNITS, WORK, insert_into
from shuangyong_core.assignments.actions.launch.write import DUE, MARK
from shuangyong_core.assignments.models import DUE_ITEM_WAS, Assignment, DueItem
from shuangyong_core.assignments.rules.statuses import REPORT_ASIDE
from shuangyong_core.before import leaving
from shuangyong_core.db import UtcDateTime, table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Round, TargetReporter

TARGETS = bindparam("targets", expanding=True, type_=BigInteger())
TODAY = bindparam("day", type_=Date())
ASIDE = sorted(str(one) for one in REPORT_ASIDE)


@cache
def close_items() -> Executable:
    """This statement will end what is due no longer, in rounds that are not over."""
    # Who is let off keeps what it had reported by then: the plan still asks for it.
    asked = _asked(of_all=True).subquery("asked")
    still = exists().where(
        asked.c.target == DueItem.target,
        asked.c.unit == DueItem.unit,
        asked.c.round == DueItem.round,
    )
    gone = (DueItem.target.in_(TARGETS), DueItem.valid_to.is_(None), _is_open(), ~still)
    return update(DueItem).where(*gone).values(valid_to=_at())


@cache
def leave_items() -> Executable:
    """This statement will note what was due once, before it is taken up again."""
    return leaving(table_of(DueItem), DUE_ITEM_WAS, *_closed(_asked().subquery("asked")))


@cache
def reopen_items() -> Executable:
    """This statement will take up again what was due once; its dates are those of today's plan."""
    asked = _asked().subquery("asked")
    same = _same(asked)
    dates = {
        name: select(asked.c[source]).where(same).correlate(DueItem).scalar_subquery()
        for name, source in (("done_by", "done_by"), ("first_due", "due"), ("due", "due"))
    }
    return (
        update(DueItem)
        .where(*_closed(asked))
        .values(**dates, due_version=DueItem.due_version + 1, valid_to=None)
    )


@cache
def open_items(dialect: str) -> Executable:
    """This statement will write what is due and never was."""
    asked = _asked().subquery("asked")
    rows = select(
        asked.c.target, asked.c.unit, asked.c.round, asked.c.done_by, asked.c.due, asked.c.due,
        literal(1), literal(False), _at(),
    ).where(literal(1) == 1)  # fmt: skip
    written = insert_into(dialect, DueItem).from_select(DUE, rows)
    statement: Executable = written.on_conflict_do_nothing()
    return statement


@cache
def mark_items() -> Executable:
    """This statement will have every place of the targets folded again."""
    rows = select(DueItem.unit, DueItem.target, DueItem.round).where(DueItem.target.in_(TARGETS))
    return insert(Mark).from_select(MARK, rows)


@cache
def mark_counted() -> Executable:
    """This statement will have what the product counts by itself counted where it is new."""
    rows = (
        select(WORK.c.unit, WORK.c.target, Round.id)
        .select_from(_in_rounds())
        .where(WORK.c.is_own == 0, WORK.c.counted == 1)
    )
    return insert(Mark).from_select(MARK, rows.distinct())


def _asked(*, of_all: bool = False) -> Any:
    """Who reports what in which open round by the work, unless it is set aside there."""
    done_by = func.coalesce(TargetReporter.done_by, Round.done_by, Round.due_date)
    # A unit named by its code goes before its kind.
    by_code = func.max(case((TargetReporter.who == UNITS.c.code, done_by)))
    by_kind = func.max(case((TargetReporter.who == UNITS.c.kind, done_by)))
    assigned = and_(Assignment.target == WORK.c.target, Assignment.unit == WORK.c.unit)
    asked = (
        select(WORK.c.target, WORK.c.unit, Round.id.label("round"))
        .add_columns(func.coalesce(by_code, by_kind).label("done_by"))
        .add_columns(Round.due_date.label("due"))
        .select_from(_in_rounds().join(Assignment, assigned))
        .where(WORK.c.is_own == 0, WORK.c.reports == 1, WORK.c.counted == 0)
        .where(Round.locks_on >= TODAY)
        .group_by(WORK.c.target, WORK.c.unit, Round.id, Round.due_date)
    )
    return asked if of_all else asked.where(Assignment.report_status.not_in(ASIDE))


def _in_rounds() -> Any:
    group = and_(
        TargetReporter.target == WORK.c.target,
        TargetReporter.from_version == WORK.c.version,
        or_(TargetReporter.who == UNITS.c.code, TargetReporter.who == UNITS.c.kind),
    )
    return (
        WORK.join(UNITS, UNITS.c.unit == WORK.c.unit)
        .join(TargetReporter, group)
        .join(Round, Round.id == TargetReporter.round)
    )


def _same(asked: Any) -> Any:
    return and_(*(asked.c[name] == getattr(DueItem, name) for name in ("target", "unit", "round")))


def _closed(asked: Any) -> tuple[Any, ...]:
    once = exists().where(_same(asked))
    return DueItem.target.in_(TARGETS), DueItem.valid_to.is_not(None), once


def _is_open() -> Any:
    return DueItem.round.in_(select(Round.id).where(Round.locks_on >= TODAY))


def _at() -> Any:
    return bindparam("at", type_=UtcDateTime())
