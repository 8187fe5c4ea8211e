"""What comes back when a pause ends: what the plan still asks for, what it asks for since, when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, DueItem, HoldStatus
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Plan, PlanVersion, Round, TargetReporter, TargetVersion
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.units.models import Unit

_item = table_of(DueItem).c
# Names of their own: a statement around these may look at units and rounds too.
WHO = table_of(TargetReporter).alias("reporter_back")
ROUND, UNIT = table_of(Round).alias("round_back"), table_of(Unit).alias("unit_back")
_who, _round, _unit = WHO.c, ROUND.c, UNIT.c
SUSPENDED = str(HoldStatus.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Pause:
    """The pause of a unit's assignment, and what amendments made of the target meanwhile."""

    plan: int
    unit: int
    target: int
    since: datetime
    latest: date  # the last day that it may put a date off to
    asked_by: dict[int, int]  # round -> the version that asks there now; others are as they were

    def new_due(self, due: date, *, resumed: date) -> date:
        """This method will give the date of an item that goes on: the days it had left are given
        back if it fell due while it was paused."""
        paused = shanghai_date(self.since)
        if not paused <= due < resumed:
            return due
        return min(resumed + (due - paused), self.latest)


def find_pause(
    session: Session, plan: Plan, unit: int, target: int, *, latest: date
) -> Pause | None:
    """This function will find the last pause of a unit's assignment."""
    found = (
        select(Step.at)
        .where(Step.subject_kind.in_([HOLD, REPORT]), Step.subject_id == target)
        .where(Step.unit == unit, Step.to_status == SUSPENDED)
        .order_by(Step.id.desc())
        .limit(1)
    )
    since = session.scalar(found)
    if since is None:
        return None
    asked_by = _asked_by(session, plan, target, since)
    return Pause(plan.id, unit, target, since, latest, asked_by)


def _asked_by(session: Session, plan: Plan, target: int, since: datetime) -> dict[int, int]:
    """An amendment changes what is due in the rounds that are not over on its day."""
    versions = (
        select(PlanVersion.applied_at, TargetVersion.from_version)
        .join(TargetVersion, TargetVersion.from_version == PlanVersion.no)
        .where(PlanVersion.plan == plan.id, TargetVersion.target == target)
        .where(PlanVersion.applied_at > since)
        .order_by(PlanVersion.no)
    )
    amended = session.execute(versions).all()
    rounds = select(Round.id, Round.locks_on).where(Round.plan == plan.id)
    return {
        round_: version
        for round_, locks_on in (session.execute(rounds) if amended else ())
        for applied_at, version in amended
        if locks_on >= shanghai_date(applied_at)
    }


def paused_units(pause: Pause, kind: str) -> Select[tuple[int | None]]:
    """This function will tell which units paused with this pause, in what they hold or report: a
    unit below that had paused before goes on pausing."""
    return select(Step.unit).where(
        Step.subject_kind == kind,
        Step.subject_id == pause.target,
        Step.to_status == SUSPENDED,
        Step.at == pause.since,
        Step.unit.in_(subtree_of(pause.plan, pause.unit)),
    )


def reporting(pause: Pause) -> Select[tuple[int]]:
    """This function will tell which units report the target again when the pause ends."""
    return select(Assignment.unit).where(
        Assignment.target == pause.target,
        Assignment.report_status == SUSPENDED,
        Assignment.unit.in_(paused_units(pause, REPORT)),
    )


def paused_items(pause: Pause) -> ColumnElement[bool]:
    """This function will tell of a due item that it ended with the pause and is asked for still."""
    ended = (_item.target == pause.target, _item.valid_to == pause.since)
    return and_(*ended, _item.unit.in_(reporting(pause)), is_asked(pause, or_else=True))


def lapsed_items(pause: Pause) -> ColumnElement[bool]:
    """This function will tell of a due item that it ended apart from the pause, and that an
    amendment asks for it anew."""
    ended = (_item.target == pause.target, _item.valid_to != pause.since)
    return and_(*ended, _item.unit.in_(reporting(pause)), is_asked(pause, or_else=False))


def is_asked(pause: Pause, *, or_else: bool) -> ColumnElement[bool]:
    """This function will tell of a due item that the version which counts in its round asks for
    it; where none came during the pause, `or_else`."""
    rounds: dict[int, list[int]] = defaultdict(list)
    for round_, version in pause.asked_by.items():
        rounds[version].append(round_)
    asked = [
        and_(_item.round.in_(where), exists().where(*_group(pause, version)))
        for version, where in rounds.items()
    ]
    untouched = [_item.round.not_in(pause.asked_by)] if or_else else []
    return or_(false(), *asked, *untouched)


def _group(pause: Pause, version: int) -> tuple[ColumnElement[bool], ...]:
    return (
        _who.target == pause.target,
        _who.from_version == version,
        _who.round == _item.round,
        _unit.id == _item.unit,
        or_(_who.who == _unit.code, _who.who == _unit.kind),
    )


def added_items(pause: Pause) -> Select[Any]:
    """This function will find what amendments ask for since and nobody there was ever asked:
    target, unit, round, when it is to be done and due."""
    by_code = func.max(case((_who.who == _unit.code, _done_by())))
    by_kind = func.max(case((_who.who == _unit.kind, _done_by())))
    known = exists().where(
        _item.target == _who.target, _item.unit == _unit.id, _item.round == _round.id
    )
    asked = [
        and_(_round.id == round_, _who.from_version == version)
        for round_, version in pause.asked_by.items()
    ]
    return (
        select(_who.target, _unit.id.label("unit"), _round.id.label("round"))
        .add_columns(func.coalesce(by_code, by_kind).label("done_by"))
        .add_columns(_round.due_date.label("first_due"), _round.due_date.label("due"))
        .add_columns(literal(False).label("is_backfill"))
        .select_from(WHO)
        .join(ROUND, _round.id == _who.round)
        .join(UNIT, or_(_who.who == _unit.code, _who.who == _unit.kind))
        .where(_who.target == pause.target, or_(false(), *asked))
        .where(_unit.id.in_(reporting(pause)), ~known)
        .group_by(_who.target, _unit.id, _round.id, _round.due_date)
    )


def _done_by() -> ColumnElement[Any]:
    return func.coalesce(_who.done_by, _round.done_by, _round.due_date)
