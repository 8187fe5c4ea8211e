"""The inbox: what was told to the units a person stands in, unread first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.supervision.models import Notice
from shuangyong_core.supervision.queries.acting import is_acted_for
from shuangyong_core.units.models import Unit

READERS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER, Role.REPORTER)
MOST = 200


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as it is shown; `subject_kind` and `reference` say what it opens."""

    id: int
    subject_kind: str
    rung: str
    text: str
    reference: str
    unit: str
    unit_name: str
    at: datetime
    read_at: datetime | None


def recipients(actor: Actor) -> ColumnElement[bool]:
    """This function will say which notices are an actor's: those to the units they stand in, and
    to those that are no more and lie silent below them."""
    return true() if actor.is_unlimited else is_acted_for(Notice.recipient, None, actor, *READERS)


def list_notices(
    session: Session, *, actor: Actor, unit: str | None = None, only_unread: bool = False
) -> Sequence[NoticeRow]:
    """This function will list the latest notices of the actor's units, unread ones first."""
    found = (
        select(Notice.id, Notice.subject_kind, Notice.rung, Notice.text, Notice.reference)
        .add_columns(Unit.code, Unit.name, Notice.at, Notice.read_at)
        .join(Unit, Unit.id == Notice.recipient)
        .where(recipients(actor))
        .order_by(Notice.read_at.is_not(None), Notice.at.desc(), Notice.id.desc())
        .limit(MOST)
    )
    if unit is not None:
        found = found.where(Unit.code == unit)
    if only_unread:
        found = found.where(Notice.read_at.is_(None))
    return [NoticeRow(*row) for row in session.execute(found)]
