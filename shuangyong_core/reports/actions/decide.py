"""What every decision over a submission begins with: held, in reach, still what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.actions.move import Held, hold
from shuangyong_core.reports.models import Submission
from shuangyong_core.reports.queries.happened import decided_by_another
from shuangyong_core.reports.queries.place import Place, find_place_of
from shuangyong_core.reports.queries.reach import line_of, require_reviewer
from shuangyong_core.reports.rules.review import (
    ContentChanged,
    GiversReport,
    OwnReport,
    is_givers,
    is_own_review,
)
from shuangyong_core.reports.rules.status import STATUS_WORDS, Act, Status, next_status


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided over which submission; the same for a repeat of the same act."""

    report: int
    no: int
    status: Status
    at: datetime


def hold_for_review(session: Session, report: int, *, actor: Actor) -> tuple[Held, Place]:
    """This function will hold a report its reviewer may decide over; NotFound, MayNotReview."""
    place = find_place_of(session, report)
    require_reviewer(session, place, actor)
    held = hold(session, report)
    if held.latest_no == 0:
        raise NotFound  # a draft is its writer's alone
    return held, place


def check_decidable(session: Session, held: Held, *, act: Act, no: int, actor: Actor) -> None:
    """This function will refuse a late or blind decision; ContentChanged, DecidedByAnother …"""
    if no != held.latest_no or held.status == Status.DRAFT:
        raise ContentChanged(seen=no, now=_now(held))
    if next_status(held.status, act) is None:
        raise decided_by_another(session, held.id)
    sent = session.execute(
        select(Submission.actor, Submission.on_behalf).where(
            Submission.report == held.id, Submission.no == no
        )
    ).one()
    if is_own_review(actor, submitted_by=sent.actor, act=act, on_behalf=sent.on_behalf):
        raise OwnReport
    if sent.actor in actor.givers:
        place = find_place_of(session, held.id)
        line = line_of(session, place.plan, place.unit)
        if is_givers(actor, submitted_by=sent.actor, line=line, issuer=place.issuer):
            raise GiversReport


def _now(held: Held) -> str:
    if held.status == Status.DRAFT:
        return "单位已经撤回"
    return f"现在是第 {held.latest_no} 次（{STATUS_WORDS[held.status]}）"
