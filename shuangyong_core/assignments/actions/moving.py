"""The one place where the two states of an assignment move; every move is a step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.moves import HOLD, REPORT
from shuangyong_core.assignments.rules.statuses import NEXT_HOLD_STATUS, NEXT_REPORT_STATUS
from shuangyong_core.errors import Refused
from shuangyong_core.marks.actions import take_steps

Pair = tuple[int, int]  # target, unit
Units = Collection[int] | Select[tuple[int]]


class CannotMove(Refused):
    """The table has no such move."""

    message = "任务现在的状态不能这样办理，请刷新后再看。"
    code = "cannot_move"


def move_holds(
    session: Session,
    *,
    targets: Collection[int],
    units: Units,
    now: HoldStatus,
    to: HoldStatus,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Sequence[Pair]:
    """This function will move what these units hold and stands at `now`; gives what moved."""
    if to not in NEXT_HOLD_STATUS[now]:
        raise CannotMove()
    moved = (
        update(Assignment)
        .where(Assignment.target.in_(targets), Assignment.unit.in_(units))
        .where(Assignment.hold_status == str(now))
        .values(hold_status=str(to), version=Assignment.version + 1)
        .returning(Assignment.target, Assignment.unit)
    )
    pairs = sorted((row.target, row.unit) for row in session.connection().execute(moved))
    take_steps(
        session, subject_kind=HOLD, subjects=pairs, from_status=now, to_status=to, at=at,
        actor=actor.key, note=note,
    )  # fmt: skip
    return pairs


def move_reports(
    session: Session,
    *,
    targets: Collection[int],
    units: Units,
    now: ReportStatus,
    to: ReportStatus,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Sequence[Pair]:
    """This function will move what these units report and stands at `now`; gives what moved."""
    if to not in NEXT_REPORT_STATUS[now]:
        raise CannotMove()
    moved = (
        update(Assignment)
        .where(Assignment.target.in_(targets), Assignment.unit.in_(units))
        .where(Assignment.report_status == str(now))
        .values(report_status=str(to), version=Assignment.version + 1)
        .returning(Assignment.target, Assignment.unit)
    )
    pairs = sorted((row.target, row.unit) for row in session.connection().execute(moved))
    take_steps(
        session, subject_kind=REPORT, subjects=pairs, from_status=now, to_status=to, at=at,
        actor=actor.key, note=note,
    )  # fmt: skip
    return pairs
