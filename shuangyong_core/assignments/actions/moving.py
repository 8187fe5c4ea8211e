"""The one place where the two states of an assignment move; every move is a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, update
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


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states: where it is kept, what its steps are called, its table of moves."""

    column: Any
    kind: str
    next_status: Mapping[Any, frozenset[Any]]

    def before(self, to: str) -> list[Any]:
        """This method will list the states from which there is a move to one."""
        return [now for now, after in self.next_status.items() if to in after]


HOLDS = Side(Assignment.hold_status, HOLD, NEXT_HOLD_STATUS)
REPORTS = Side(Assignment.report_status, REPORT, NEXT_REPORT_STATUS)


def move_side(
    session: Session,
    side: Side,
    *where: ColumnElement[bool],
    now: str | None,
    to: str,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Sequence[Pair]:
    """This function will move one state of what stands at `now`, or begin it where there is none;
    it gives what moved."""
    if now is not None and to not in side.next_status[now]:
        raise CannotMove()
    stands = side.column.is_(None) if now is None else side.column == str(now)
    moved = (
        update(Assignment)
        .where(*where, stands)
        .values({side.column: str(to), Assignment.version: Assignment.version + 1})
        .returning(Assignment.target, Assignment.unit)
    )
    pairs = sorted((row.target, row.unit) for row in session.connection().execute(moved))
    take_steps(
        session, subject_kind=side.kind, subjects=pairs, from_status=now, to_status=to, at=at,
        actor=actor.key, note=note,
    )  # fmt: skip
    return pairs


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
    here = (Assignment.target.in_(targets), Assignment.unit.in_(units))
    return move_side(session, HOLDS, *here, now=now, to=to, actor=actor, at=at, note=note)


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
    here = (Assignment.target.in_(targets), Assignment.unit.in_(units))
    return move_side(session, REPORTS, *here, now=now, to=to, actor=actor, at=at, note=note)


def move_aside(
    session: Session,
    *,
    targets: Collection[int],
    units: Units,
    to: HoldStatus,
    keeping: Collection[str] = (),
    actor: Actor,
    at: datetime,
    note: str,
) -> None:
    """This function will set both states of units aside from wherever there is a move to it,
    but not from the states that are to be kept."""
    here = (Assignment.target.in_(targets), Assignment.unit.in_(units))
    for side in (HOLDS, REPORTS):
        for now in side.before(to):
            if now not in keeping:
                move_side(session, side, *here, now=now, to=to, actor=actor, at=at, note=note)
