"""Who moved an assignment last, and when: what a second actor is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries.names import name_of
from shuangyong_core.clock import SHANGHAI
from shuangyong_core.marks.models import Step

HOLD = "assignment.hold"  # the subject is the target's id, beside the unit
REPORT = "assignment.report"
SPLIT = "assignment.split"


@dataclass(frozen=True, slots=True)
class Move:
    """A step as a person reads it."""

    actor: str
    who: str
    at: datetime
    to_status: str

    @property
    def when(self) -> str:
        """The instant in Shanghai."""
        return told_at(self.at)


def told_at(at: datetime) -> str:
    """This function will write an instant as it is told to who came second."""
    return at.astimezone(SHANGHAI).strftime("%m月%d日 %H:%M")


def latest_move(
    session: Session, *, kind: str, targets: Collection[int], unit: int, to_status: str
) -> Move | None:
    """This function will give the latest move of a unit's assignments to a status."""
    found = (
        select(Step.actor, Step.at, Step.to_status)
        .where(Step.subject_kind == kind, Step.subject_id.in_(targets), Step.unit == unit)
        .where(Step.to_status == to_status)
        .order_by(Step.id.desc())
        .limit(1)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        return None
    return Move(row.actor, name_of(session, row.actor), row.at, row.to_status)
