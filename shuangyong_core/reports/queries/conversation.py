"""Where a unit's report stands: its draft, its latest submission, why it came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import names_of
from shuangyong_core.marks.queries import list_steps
from shuangyong_core.reports.models import Draft, Report, ReviewReturn, Submission
from shuangyong_core.reports.queries.happened import SUBJECT
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reply import ReplySeen, find_reply
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class LatestSubmission:
    """What was sent last."""

    no: int
    number: str
    at: datetime
    actor: str
    name: str
    on_behalf: bool
    acting_unit: str  # who typed it for the unit: 石桥街道
    channel: str
    note: str
    normalised: tuple[str, ...]
    held: tuple[str, ...] = ()  # 待核查: fields a scan found something in
    reply: ReplySeen | None = None  # what the unit says about what was typed for it


@dataclass(frozen=True, slots=True)
class LatestReturn:
    """Why the report came back, and what to mend by target."""

    no: int
    at: datetime
    name: str
    reason: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A unit's report in a round; no report yet is an empty draft."""

    report: int | None
    status: Status = Status.DRAFT
    version: int = 0
    body: Mapping[str, Any] | None = None
    saved_at: datetime | None = None
    latest: LatestSubmission | None = None
    returned: LatestReturn | None = None


def find_conversation(session: Session, place: Place) -> Conversation:
    """This function will say where a unit's report in a round stands."""
    row = session.execute(
        select(Report, Draft.body, Draft.saved_at, Submission, Unit.name)
        .outerjoin(Draft, Draft.report == Report.id)
        .outerjoin(
            Submission,
            and_(Submission.report == Report.id, Submission.no == Report.latest_no),
        )
        .outerjoin(Unit, Unit.id == Submission.acting_unit)
        .where(Report.unit == place.unit, Report.round == place.round)
    ).first()
    if row is None:
        return Conversation(None)
    report, body, saved_at, sent, acting_unit = row
    status = Status(report.status)
    latest = _latest(session, place, sent, acting_unit=acting_unit or "") if sent else None
    why = find_return(session, report.id, status=status)
    return Conversation(report.id, status, report.version, body, saved_at, latest, why)


def _latest(
    session: Session, place: Place, sent: Submission, *, acting_unit: str
) -> LatestSubmission:
    return LatestSubmission(
        no=sent.no,
        number=f"{place.round_code}-{place.unit_code}-{sent.no}",
        at=sent.at,
        actor=sent.actor,
        name=names_of(session, [sent.actor])[sent.actor],
        on_behalf=sent.on_behalf,
        acting_unit=acting_unit,
        channel=sent.channel,
        note=sent.note,
        normalised=tuple(sent.normalised),
        held=tuple(sent.held),
        reply=find_reply(session, sent.report, sent.no) if sent.on_behalf else None,
    )


def was_sent(session: Session, *, key: str, actor: Actor) -> bool:
    """This function will say whether a submission stands under this key of the actor already."""
    found = select(Submission.no).where(
        Submission.actor == actor.key, Submission.idempotency_key == key
    )
    return session.scalar(found) is not None


def find_return(session: Session, report: int, *, status: Status) -> LatestReturn | None:
    """This function will give the last return of a report, or why it is reviewed anew."""
    if status == Status.REOPENED:
        step = list_steps(session, subject_kind=SUBJECT, subject_id=report)[-1]
        name = names_of(session, [step.actor])[step.actor]
        return LatestReturn(0, step.at, name, step.note, {})
    found = select(ReviewReturn).where(ReviewReturn.report == report)
    last = session.scalar(found.order_by(ReviewReturn.no.desc()).limit(1))
    if last is None:
        return None
    name = names_of(session, [last.actor])[last.actor]
    return LatestReturn(last.no, last.at, name, last.reason, last.fields)
