"""Notices of what happened below this part, the sweep of each day, and the reading of a notice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.db import insert_into
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan, Round
from shuangyong_core.reports.models import Report, ReviewReturn, Status
from shuangyong_core.supervision.actions.counting import count_handouts
from shuangyong_core.supervision.actions.notify import LONGEST, UNIQUE
from shuangyong_core.supervision.models import Notice
from shuangyong_core.supervision.queries.acting import RUNNING
from shuangyong_core.supervision.queries.notices import recipients
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.units.models import Unit

COLUMNS = ("subject_kind", "subject", "rung", "due_version", "recipient", "text", "reference", "at")


class NoticeNotFound(NotFound):
    """There is no such notice, or it went to another unit."""

    message = "没有这条通知，或者不是发给您单位的。"
    code = "notice_not_found"


def sweep(session: Session, *, at: datetime) -> None:
    """This function will tell of returned reports and count deadlines that passed; repeatable."""
    tell_of_returns(session)
    over = stale_returns().subquery()
    ended = update(Notice).where(Notice.id.in_(select(over.c.id))).values(read_at=at)
    session.execute(ended.execution_options(synchronize_session=False))
    plans = session.scalars(select(Plan.id).where(Plan.status.in_(RUNNING))).all()
    count_handouts(session, plans=plans, at=at)


def tell_of_returns(session: Session) -> None:
    """This function will tell each unit of its report that lies returned, once for each return."""
    told = insert_into(session, Notice).from_select(COLUMNS, untold_returns())
    session.execute(told.on_conflict_do_nothing(index_elements=UNIQUE))


def untold_returns() -> Select[tuple[str, int, str, int, int, str, str, datetime]]:
    """This function will select the notices of returned reports that nobody was told of yet."""
    known = exists().where(
        Notice.subject_kind == notices.REPORT,
        Notice.subject == Report.id,
        Notice.rung == Rung.RETURNED.value,
        Notice.due_version == ReviewReturn.no,
        Notice.recipient == Report.unit,
    )
    said = literal("").concat(Round.title).concat("退回修改：").concat(ReviewReturn.reason)
    address = Plan.code.concat("/").concat(Round.code).concat("/").concat(Unit.code)
    return (
        select(
            literal(notices.REPORT).label("subject_kind"), Report.id,
            literal(Rung.RETURNED.value).label("rung"), ReviewReturn.no, Report.unit,
            func.substr(said, 1, LONGEST), address, ReviewReturn.at,
        )
        .join(Report, Report.id == ReviewReturn.report)
        .join(Round, Round.id == Report.round)
        .join(Plan, Plan.id == Round.plan)
        .join(Unit, Unit.id == Report.unit)
        .where(Report.status == Status.RETURNED.value, ReviewReturn.no == Report.latest_no)
        .where(~known)
    )  # fmt: skip


def stale_returns() -> Select[tuple[int]]:
    """This function will select the unread notices of returns that the unit has answered since."""
    is_answered = or_(
        Report.status != Status.RETURNED.value, Report.latest_no != Notice.due_version
    )
    return (
        select(Notice.id)
        .join(Report, Report.id == Notice.subject)
        .where(Notice.subject_kind == notices.REPORT, Notice.read_at.is_(None), is_answered)
    )


def read_notice(session: Session, notice: int, *, actor: Actor, at: datetime) -> None:
    """This function will mark a notice as read by its unit; NoticeNotFound, read once is read."""
    mine = select(Notice).where(Notice.id == notice, recipients(actor))
    found = session.scalar(mine.with_for_update())
    if found is None:
        raise NoticeNotFound
    if found.read_at is not None:
        return
    read = update(Notice).where(Notice.id == notice).values(read_at=at, read_by=actor.key)
    session.execute(read)
    audit.record(session, act="notice.read", subject=f"notice:{notice}", actor=actor.key, at=at)
