"""A holiday notice has been loaded: the dates of plans are worked out again from their rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit.actions import record
from shuangyong_core.before import leave
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import ROUND_WAS, Plan, PlanStatus, Round, TargetReporter
from shuangyong_core.plans.rules.dates import RoundDates, date_round, redate

SETTLED = (PlanStatus.CLOSED, PlanStatus.ARCHIVED)


@dataclass(frozen=True, slots=True)
class RoundMoved:
    """A round whose dates, or whose being provisional, changed."""

    plan: int
    round: int
    before: RoundDates
    after: RoundDates


@dataclass(frozen=True, slots=True)
class DoneByMoved:
    """A target's own done-by date in a round that changed."""

    plan: int
    target: int
    who: str
    round: int
    before: date | None
    after: date


@dataclass(frozen=True, slots=True)
class DatesMoved:
    """Everything that changed: what is due from units follows in the parts above."""

    rounds: tuple[RoundMoved, ...]
    done_by: tuple[DoneByMoved, ...]


def recompute_dates(session: Session, *, actor: Actor, at: datetime) -> DatesMoved:
    """This function will recompute the rounds that have not closed, and say what changed."""
    calendar = get_calendar(session)
    rounds: list[RoundMoved] = []
    done_by: list[DoneByMoved] = []
    open_plans = select(Plan).where(Plan.status.not_in([one.value for one in SETTLED]))
    for plan in session.scalars(open_plans.order_by(Plan.id)).all():
        moved = _move_rounds(session, plan, calendar, at=at)
        own = _move_done_by(session, plan, calendar, today=shanghai_date(at))
        rounds, done_by = rounds + moved, done_by + own
        if moved or own:
            record(
                session,
                act="plan.recompute_dates",
                subject=plan.code,
                actor=actor.key,
                at=at,
                detail={"rounds": len(moved), "done_by": len(own)},
            )
    return DatesMoved(tuple(rounds), tuple(done_by))


def _move_rounds(
    session: Session, plan: Plan, calendar: Calendar, *, at: datetime
) -> list[RoundMoved]:
    moved = []
    still = (Round.plan == plan.id, Round.locks_on >= shanghai_date(at))
    kept = select(Round).where(*still).order_by(Round.id)
    for one in session.scalars(kept).all():
        before = RoundDates(
            one.code, one.opens_on, one.due_date, one.locks_on, one.done_by, one.is_provisional
        )
        after = date_round(
            code=one.code,
            due_rule=one.due_rule,
            opens_rule=one.opens_rule,
            locks_rule=one.locks_rule,
            done_rule=one.done_rule,
            year=plan.year,
            calendar=calendar,
        )
        if after != before:
            moved.append(RoundMoved(plan.id, one.id, before, after))
            leave(session, table_of(Round), ROUND_WAS, Round.id == one.id, at=at)
            session.execute(update(Round).where(Round.id == one.id).values(_dates(after)))
    return moved


def _dates(after: RoundDates) -> dict[str, object]:
    return {
        "opens_on": after.opens_on,
        "due_date": after.due_date,
        "locks_on": after.locks_on,
        "done_by": after.done_by,
        "is_provisional": after.is_provisional,
    }


def _move_done_by(
    session: Session, plan: Plan, calendar: Calendar, *, today: date
) -> list[DoneByMoved]:
    moved = []
    kept = session.execute(
        select(TargetReporter, Round.due_date)
        .join(Round, Round.id == TargetReporter.round)
        .where(Round.plan == plan.id, Round.locks_on >= today, TargetReporter.done_rule != "")
    )
    for row, due_date in kept.all():
        one = redate(row.done_rule, due_date=due_date, year=plan.year, calendar=calendar)
        if (row.done_by, row.is_provisional) != (one.due_date, one.provisional):
            moved.append(
                DoneByMoved(plan.id, row.target, row.who, row.round, row.done_by, one.due_date)
            )
            row.done_by, row.is_provisional = one.due_date, one.provisional
    session.flush()
    return moved
