"""确认下达: a holder lets the proposed split of what it holds stand as its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.moving import move_holds
from shuangyong_core.assignments.models import Assignment, HoldStatus, Quota
from shuangyong_core.assignments.queries.held import list_held
from shuangyong_core.assignments.queries.moves import HOLD, latest_move
from shuangyong_core.assignments.queries.splits import child_ids
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach


class NothingToConfirm(Refused):
    """The unit holds nothing that it passes on."""

    message = "本单位没有需要分解下达的任务。"
    code = "nothing_to_confirm"


class AlreadyConfirmed(Conflict):
    """Another has sent it on."""

    message = "已由{who}于{when}确认下达，请刷新后再看。"
    code = "already_confirmed"


def confirm_split(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    target: int | None = None,
    actor: Actor,
    at: datetime,
) -> Sequence[int]:
    """This function will send on one target, or all that is held, as it is split now.

    It gives the targets sent on. Raises NothingAssigned, NothingToConfirm, AlreadyConfirmed.
    """
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    held = [one for one in list_held(session, plan, unit=unit, target=target) if one.hold_status]
    if not held:
        raise NothingToConfirm()
    targets = [one.target for one in held if one.hold_status in MAY_CONFIRM]
    if not targets:
        _tell_who(session, held, unit=unit, actor=actor)
        return []
    send_on(session, plan, unit=unit, targets=targets, actor=actor, at=at)
    subject, detail = f"{plan.code}/{unit}", {"targets": len(targets)}
    act = "assignment.confirm"
    record(session, act=act, subject=subject, actor=actor.key, at=at, detail=detail)
    return targets


def send_on(
    session: Session,
    plan: Plan,
    *,
    unit: int,
    targets: Collection[int],
    actor: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """This function will take a unit's holds to decomposed, its children's quotas to confirmed."""
    session.execute(
        update(Quota)
        .where(Quota.target.in_(targets), Quota.unit.in_(child_ids(plan, unit)))
        .where(Quota.valid_to.is_(None))
        .values(state="confirmed")
        .execution_options(synchronize_session=False)
    )
    for now, to in (
        (HoldStatus.ISSUED, HoldStatus.ACKNOWLEDGED),
        (HoldStatus.ACKNOWLEDGED, HoldStatus.DECOMPOSED),
    ):
        move_holds(
            session, targets=targets, units=[unit], now=now, to=to, actor=actor, at=at, note=note
        )
    mark_confirmation(session, plan, units=[unit])


def _tell_who(session: Session, held: Sequence[Assignment], *, unit: int, actor: Actor) -> None:
    move = latest_move(
        session,
        kind=HOLD,
        targets=[one.target for one in held],
        unit=unit,
        to_status=HoldStatus.DECOMPOSED,
    )
    if move is not None and move.actor != actor.key:
        raise AlreadyConfirmed(who=move.who, when=move.when)
