"""Accepts a submission as a whole: from this instant it counts, and no other of the report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.reports.actions.decide import Decision, check_decidable, hold_for_review
from shuangyong_core.reports.actions.move import move
from shuangyong_core.reports.models import Acceptance, Submission
from shuangyong_core.reports.rules.harmless import check_cleared
from shuangyong_core.reports.rules.status import Act, Status


def accept(
    session: Session, report: int, *, no: int, cleared: bool = False, actor: Actor, at: datetime
) -> Decision:
    """This function will accept the submission seen; ContentChanged, NotCleared …"""
    held, place = hold_for_review(session, report, actor=actor)
    first = _first_answer(session, report, no=no, actor=actor)
    if first is not None:
        return first
    check_decidable(session, held, act=Act.ACCEPT, no=no, actor=actor)
    suspect = select(Submission.held).where(Submission.report == report, Submission.no == no)
    waits = session.scalars(suspect).one()
    check_cleared(waits, cleared=cleared)
    detail = {"cleared": waits} if waits else None
    status = move(session, held, place, act=Act.ACCEPT, actor=actor, at=at, detail=detail)
    end_acceptance(session, report, at=at)
    session.execute(
        insert(Acceptance).values(report=report, no=no, accepted_at=at, accepted_by=actor.key)
    )
    return Decision(report, no, status, at)


def end_acceptance(session: Session, report: int, *, at: datetime) -> None:
    """This function will end what has counted so far, at this instant."""
    session.execute(
        update(Acceptance)
        .where(Acceptance.report == report, Acceptance.revoked_at.is_(None))
        .values(revoked_at=at)
        .execution_options(synchronize_session=False)
    )


def _first_answer(session: Session, report: int, *, no: int, actor: Actor) -> Decision | None:
    accepted_at = session.scalar(
        select(Acceptance.accepted_at).where(
            Acceptance.report == report,
            Acceptance.no == no,
            Acceptance.accepted_by == actor.key,
            Acceptance.revoked_at.is_(None),
        )
    )
    return None if accepted_at is None else Decision(report, no, Status.ACCEPTED, accepted_at)
