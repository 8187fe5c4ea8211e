"""办结报告: what was done, with a file if there is one; in time or late is settled here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import insert_into
from shuangyong_core.errors import Refused
from shuangyong_core.evidence.actions import keep_file
from shuangyong_core.evidence.rules import Stored, tidy_name
from shuangyong_core.supervision.actions.counting import count_handouts
from shuangyong_core.supervision.actions.moving import cannot_do, move_part
from shuangyong_core.supervision.actions.notify import Word, notify
from shuangyong_core.supervision.models import HandoutAnswer, HandoutFile, HandoutUnit
from shuangyong_core.supervision.queries.place import Part, hold_part, require_answerer
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.handouts import ANSWERABLE, OPEN, UnitAct, UnitStatus
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.supervision.rules.texts import check_text
from shuangyong_core.units.models import Unit

MOST_FILES = 9


class StillPassedOn(Refused):
    """Units it was passed on to have not been struck off."""

    message = "转办的{units}还没有销号，先销号或收回，再报办结。"
    code = "still_passed_on"


class TooManyFiles(Refused):
    """An answer carries a few files, not an archive."""

    message = "一份办结报告最多附 {most} 个文件。"
    code = "too_many_files"


def answer_handout(
    session: Session, name: str, unit: str, *, text: str, actor: Actor, at: datetime
) -> UnitStatus:
    """This function will report a hand-out as done; the same again gives the first answer.

    Raises HandoutNotFound, CannotDo, StillPassedOn, Problems.
    """
    part = hold_part(session, name, unit, actor=actor)
    require_answerer(session, part, actor=actor)
    said = check_text(text, field="text")
    if _is_said(session, part, said, actor=actor):
        return part.status
    _check_below(session, part)
    no = part.latest_no + 1
    is_late = part.was_late or shanghai_date(at) > part.answer_by
    status = move_part(
        session, part, act=UnitAct.ANSWER, actor=actor, at=at, detail={"no": no, "late": is_late},
        latest_no=no, was_late=is_late,
    )  # fmt: skip
    row = {"handout_unit": part.id, "no": no, "at": at, "actor": actor.key, "text": said}
    session.execute(insert(HandoutAnswer).values(row))
    heard = f"{part.unit_name}报办结：{part.title}（{part.number}），请核对后销号。"
    notify(session, [Word(notices.HANDOUT, part.id, Rung.ANSWERED, no, part.giver, heard,
                          part.reference)], at=at)  # fmt: skip
    count_handouts(session, plans=[part.plan], at=at)
    return status


def attach_to_answer(
    session: Session,
    name: str,
    unit: str,
    *,
    stored: Stored,
    file_name: str,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will lay a stored file with the answer to come; CannotDo, TooManyFiles …"""
    part = hold_part(session, name, unit, actor=actor)
    require_answerer(session, part, actor=actor)
    if part.status not in ANSWERABLE:
        raise cannot_do(session, part, UnitAct.ANSWER)
    kept_name = tidy_name(file_name, media_type=stored.media_type)
    keep_file(session, stored, at=at)
    row = {"handout_unit": part.id, "no": part.latest_no + 1, "sha256": stored.sha256}
    laid = insert_into(session, HandoutFile).values(**row, name=kept_name)
    session.execute(laid.on_conflict_do_update(index_elements=list(row), set_={"name": kept_name}))
    here = (
        select(func.count())
        .select_from(HandoutFile)
        .filter_by(handout_unit=part.id, no=part.latest_no + 1)
    )
    if (session.scalar(here) or 0) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    detail = {"sha256": stored.sha256, "size": stored.size}
    audit.record(session, act="handout.attach", subject=part.subject, actor=actor.key, at=at,
                 detail=detail)  # fmt: skip


def _is_said(session: Session, part: Part, said: str, *, actor: Actor) -> bool:
    if part.status is not UnitStatus.REPORTED:
        return False
    latest = select(HandoutAnswer).filter_by(handout_unit=part.id, no=part.latest_no)
    known = session.scalar(latest)
    return known is not None and (known.actor, known.text) == (actor.key, said)


def _check_below(session: Session, part: Part) -> None:
    below = (
        select(Unit.name)
        .join(HandoutUnit, HandoutUnit.unit == Unit.id)
        .where(HandoutUnit.handout == part.handout, HandoutUnit.giver == part.unit)
        .where(HandoutUnit.status.in_([each.value for each in OPEN]))
        .order_by(Unit.code)
    )
    names = session.scalars(below).all()
    if names:
        more = f"等 {len(names)} 个单位" if len(names) > 3 else ""
        raise StillPassedOn(units="、".join(names[:3]) + more)
