"""签收: a holder takes what is issued to it; 已收到: a reporter has opened what it is to report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import Pair, move_holds, move_reports
from shuangyong_core.assignments.models import Assignment, HoldStatus, ReportStatus
from shuangyong_core.assignments.queries.held import NothingAssigned, list_held
from shuangyong_core.assignments.queries.moves import HOLD, REPORT, latest_move
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach


class AlreadyAcknowledged(Conflict):
    """Another has signed for it."""

    message = "已由{who}于{when}签收，不用再签。"
    code = "already_acknowledged"


def acknowledge(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    target: int | None = None,
    actor: Actor,
    at: datetime,
) -> Sequence[int]:
    """This function will sign for one target, or all that is issued; gives the targets signed for.

    Raises NothingAssigned, and AlreadyAcknowledged if another has done so.
    """
    held = list_held(session, plan, unit=unit, target=target)
    roles: tuple[Role, ...] = (Role.ISSUER, Role.MANAGER)
    if all(one.hold_status is None for one in held):
        roles += (Role.REPORTER,)
    require_reach(session, plan, unit, actor, *roles)
    moved = _receive(session, held, unit=unit, actor=actor, at=at)
    if not moved:
        _tell_who(session, held, unit=unit, actor=actor)
        return []
    mark_confirmation(session, plan, units=[unit])
    _record(session, plan, "assignment.acknowledge", unit=unit, moved=moved, actor=actor, at=at)
    return moved


def open_assignments(
    session: Session, plan: Plan, *, unit: int, actor: Actor, at: datetime
) -> Sequence[int]:
    """This function will note that a reporter has opened what it is to report; never refuses."""
    try:
        held = list_held(session, plan, unit=unit)
    except NothingAssigned:
        return []
    moved = _move_reports(session, held, unit=unit, actor=actor, at=at)
    if moved:
        mark_confirmation(session, plan, units=[unit])
        _record(session, plan, "assignment.open", unit=unit, moved=moved, actor=actor, at=at)
    return moved


def _receive(
    session: Session, held: Sequence[Assignment], *, unit: int, actor: Actor, at: datetime
) -> list[int]:
    holds = move_holds(
        session,
        targets=[one.target for one in held],
        units=[unit],
        now=HoldStatus.ISSUED,
        to=HoldStatus.ACKNOWLEDGED,
        actor=actor,
        at=at,
    )
    reports = _move_reports(session, held, unit=unit, actor=actor, at=at)
    return sorted({target for target, _ in holds} | set(reports))


def _move_reports(
    session: Session, held: Sequence[Assignment], *, unit: int, actor: Actor, at: datetime
) -> list[int]:
    moved: Sequence[Pair] = move_reports(
        session,
        targets=[one.target for one in held],
        units=[unit],
        now=ReportStatus.ISSUED,
        to=ReportStatus.ACKNOWLEDGED,
        actor=actor,
        at=at,
    )
    return [target for target, _ in moved]


def _tell_who(session: Session, held: Sequence[Assignment], *, unit: int, actor: Actor) -> None:
    targets = [one.target for one in held]
    status = HoldStatus.ACKNOWLEDGED.value
    kind = HOLD if any(one.hold_status for one in held) else REPORT
    move = latest_move(session, kind=kind, targets=targets, unit=unit, to_status=status)
    if move is not None and move.actor != actor.key:
        raise AlreadyAcknowledged(who=move.who, when=move.when)


def _record(
    session: Session,
    plan: Plan,
    act: str,
    *,
    unit: int,
    moved: Sequence[int],
    actor: Actor,
    at: datetime,
) -> None:
    subject, detail = f"{plan.code}/{unit}", {"targets": len(moved)}
    record(session, act=act, subject=subject, actor=actor.key, at=at, detail=detail)
