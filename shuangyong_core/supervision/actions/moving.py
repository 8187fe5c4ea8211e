"""The one way a unit's part in a hand-out moves: held, by the table, a step and an audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.names import name_of
from shuangyong_core.audit import actions as audit
from shuangyong_core.errors import Conflict
from shuangyong_core.marks import actions as marks
from shuangyong_core.marks.models import Step
from shuangyong_core.reports.queries.happened import shown_instant
from shuangyong_core.supervision.actions.notify import end_notices
from shuangyong_core.supervision.models import Handout, HandoutUnit
from shuangyong_core.supervision.queries.place import Part
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.handouts import (
    HANDOUT_WORDS,
    NEXT_UNIT_STATUS,
    OPEN,
    UNIT_ACT_WORDS,
    UNIT_WORDS,
    HandoutAct,
    HandoutStatus,
    UnitAct,
    UnitStatus,
    next_handout_status,
    next_unit_status,
)

SUBJECT = "handout"
RESULT = {act: to for (_, act), to in NEXT_UNIT_STATUS.items()}


class CannotDo(Conflict):
    """The table has no such move: somebody was first, or a step is missing before it."""

    message = "现在不能{act}：这件交办在{unit}是“{status}”{last}。请刷新后再看。"
    code = "handout_moved_on"


class HandoutIsOver(Conflict):
    """Struck off everywhere, or called off."""

    message = "{number}{status}，不能再办。"
    code = "handout_is_over"


def move_part(
    session: Session,
    part: Part,
    *,
    act: UnitAct,
    actor: Actor,
    at: datetime,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
    **changed: Any,
) -> UnitStatus:
    """This function will move a part by the table; raises CannotDo if it cannot."""
    to = next_unit_status(part.status, act)
    if to is None:
        raise cannot_do(session, part, act)
    mine = (HandoutUnit.id == part.id, HandoutUnit.version == part.version)
    moved = update(HandoutUnit).where(*mine)
    moved = moved.values(status=to.value, version=part.version + 1, **changed)
    if session.scalar(moved.returning(HandoutUnit.id)) is None:
        raise cannot_do(session, part, act)
    take(session, part.handout, part.unit, came_from=part.status, to=to, actor=actor, at=at,
         note=note)  # fmt: skip
    end_notices(session, notices.HANDOUT, part.id, at=at, is_over=to not in OPEN)
    audit.record(session, act=f"handout.{act}", subject=part.subject, actor=actor.key, at=at,
                 detail=detail)  # fmt: skip
    return to


def take(
    session: Session,
    handout: int,
    unit: int | None,
    *,
    came_from: str | None,
    to: str,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """This function will write the step of a part, or without a unit of the whole."""
    marks.take_step(
        session, subject_kind=SUBJECT, subject_id=handout, unit=unit, from_status=came_from,
        to_status=to, at=at, actor=actor.key, note=note,
    )  # fmt: skip


def move_whole(
    session: Session, handout: int, *, act: HandoutAct, actor: Actor, at: datetime, note: str = ""
) -> None:
    """This function will move the hand-out as a whole; raises HandoutIsOver if it cannot."""
    now = HandoutStatus(session.scalars(select(Handout.status).filter_by(id=handout)).one())
    to = next_handout_status(now, act)
    if to is None:
        raise handout_is_over(session, handout)
    session.execute(update(Handout).where(Handout.id == handout).values(status=to.value))
    take(session, handout, None, came_from=now, to=to, actor=actor, at=at, note=note)


def close_if_all_are(session: Session, handout: int, *, actor: Actor, at: datetime) -> None:
    """This function will end the whole when no unit has something left to do."""
    parts = select(HandoutUnit.status).where(HandoutUnit.handout == handout).distinct()
    left = set(session.scalars(parts))
    if left.isdisjoint(OPEN):
        act = HandoutAct.CLOSE if UnitStatus.CLOSED in left else HandoutAct.CANCEL
        move_whole(session, handout, act=act, actor=actor, at=at)


def was_done(session: Session, part: Part, act: UnitAct, *, actor: Actor) -> bool:
    """This function will say whether the same actor has just done the same: one answer for both."""
    if part.status is not RESULT[act]:
        return False
    return is_last_by(session, part.handout, part.unit, to=part.status, actor=actor)


def is_last_by(session: Session, handout: int, unit: int | None, *, to: str, actor: Actor) -> bool:
    """This function will say whether an actor took the last step of a part, or of the whole."""
    step = _latest_step(session, handout, unit)
    return step is not None and (step.to_status, step.actor) == (to, actor.key)


def cannot_do(session: Session, part: Part, act: UnitAct) -> CannotDo:
    """This function will make the refusal that says where it stands and who brought it there."""
    step = _latest_step(session, part.handout, part.unit)
    last = f"（{name_of(session, step.actor)}，{shown_instant(step.at)}）" if step else ""
    now = session.scalars(select(HandoutUnit.status).filter_by(id=part.id)).one()
    return CannotDo(
        act=UNIT_ACT_WORDS[act], unit=part.unit_name, status=UNIT_WORDS[UnitStatus(now)], last=last
    )


def _latest_step(session: Session, handout: int, unit: int | None) -> Step | None:
    found = select(Step).where(Step.subject_kind == SUBJECT, Step.subject_id == handout)
    return session.scalar(found.where(Step.unit == unit).order_by(Step.id.desc()).limit(1))


def handout_is_over(session: Session, handout: int) -> HandoutIsOver:
    """This function will make the refusal of a hand-out that is closed or called off."""
    row = session.execute(select(Handout.number, Handout.status).filter_by(id=handout)).one()
    return HandoutIsOver(number=row.number, status=HANDOUT_WORDS[HandoutStatus(row.status)])
