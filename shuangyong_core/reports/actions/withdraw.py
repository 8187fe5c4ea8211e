"""Takes a submission back while nobody has decided over it; what was sent stays readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.actions.move import Held, hold, move
from shuangyong_core.reports.models import Acceptance, Report
from shuangyong_core.reports.queries.happened import (
    CORRECTION_WITHDRAWN,
    decided_by_another,
    latest_step,
)
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.reach import require_writer
from shuangyong_core.reports.rules.refusals import check_withdrawable
from shuangyong_core.reports.rules.status import Act, Status


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A submission that was taken back, and where the report stands since."""

    report: int
    no: int
    status: Status
    at: datetime


def withdraw(
    session: Session, plan: str, round_code: str, unit: str, *, actor: Actor, at: datetime
) -> Withdrawal:
    """This function will take a submission back; raises DecidedByAnother, NothingToWithdraw."""
    place = find_place(session, plan, round_code, unit)
    require_writer(session, place, actor)
    report = session.scalar(
        select(Report.id).where(Report.unit == place.unit, Report.round == place.round)
    )
    if report is None:
        raise NotFound
    held = hold(session, report)
    first = _first_answer(session, held, actor)
    if first is not None:
        return first
    if held.status in (Status.ACCEPTED, Status.RETURNED):
        raise decided_by_another(session, held.id)
    check_withdrawable(held.status)
    # A correction that is taken back leaves the accepted submission, which counts all the time.
    is_correction = _counts(session, held.id)
    act = Act.WITHDRAW_CORRECTION if is_correction else Act.WITHDRAW
    note = CORRECTION_WITHDRAWN if is_correction else ""
    status = move(session, held, place, act=act, actor=actor, at=at, note=note)
    return Withdrawal(held.id, held.latest_no, status, at)


def _counts(session: Session, report: int) -> bool:
    live = select(Acceptance.no).where(Acceptance.report == report, Acceptance.revoked_at.is_(None))
    return session.scalar(live) is not None


def _first_answer(session: Session, held: Held, actor: Actor) -> Withdrawal | None:
    step = latest_step(session, held.id)
    if step is None or step.actor != actor.key or step.to_status != held.status:
        return None
    is_withdrawal = step.from_status == Status.SUBMITTED and (
        step.to_status == Status.DRAFT or step.note == CORRECTION_WITHDRAWN
    )
    return Withdrawal(held.id, held.latest_no, held.status, step.at) if is_withdrawal else None
