"""A supporting unit (配合单位) hands a file to the lead; the number stays the lead's alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import insert_into
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.evidence.actions import keep_file
from shuangyong_core.evidence.rules import Stored, tidy_name
from shuangyong_core.guard.scanning import refuse_harm
from shuangyong_core.plans.queries import get_plan, get_target
from shuangyong_core.reports.actions.attach import MOST_FILES, TooManyFiles
from shuangyong_core.reports.models import SupportFile
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import require_writer
from shuangyong_core.reports.queries.supports import Support, SupportRound, list_supports

LONGEST_NOTE = 300


class SupportClosed(Refused):
    """The lead's round takes nothing more."""

    message = "“{round}”已于 {day} 截止，牵头单位不再报送，材料请交给牵头单位存档。"
    code = "support_closed"


class NoteTooLong(Refused):
    """The words beside a file are a line, not a paper."""

    message = "说明最多 {most} 字，请写短一些。"
    code = "note_too_long"


def require_support(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    target: str,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will refuse who may hand nothing in there, before a byte is kept.

    Raises NotFound where the unit supports no such target, MayNotWrite and SupportClosed.
    """
    _, _, round_ = _find(session, plan, round_code, unit, target=target, actor=actor)
    _require_open(round_, at)


def hand_in(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    target: str,
    stored: Stored,
    name: str,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """This function will hand a file to the lead of a target for a round.

    Raises NotFound where the unit supports no such target, MayNotWrite, SupportClosed,
    TooManyFiles, NoteTooLong, NameUnusable and what a scan of the note finds.
    """
    place, support, round_ = _find(session, plan, round_code, unit, target=target, actor=actor)
    _require_open(round_, at)
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE)
    refuse_harm(note, field="note")
    keep_file(session, stored, at=at)
    key = {"target": support.target.id, "round": place.round, "unit": place.unit}
    values = {"lead": support.lead.unit, "name": tidy_name(name, media_type=stored.media_type)}
    values |= {"note": note.strip()}
    added = insert_into(session, SupportFile).values(
        **key, sha256=stored.sha256, **values, at=at, actor=actor.key
    )
    session.execute(added.on_conflict_do_update(index_elements=[*key, "sha256"], set_=values))
    if _count(session, key) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    detail = {"target": target, "lead": support.lead.code, "sha256": stored.sha256}
    record(session, act="report.support", subject=place.subject, actor=actor.key, at=at,
           detail=detail)  # fmt: skip


def take_back(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    target: str,
    sha256: str,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will take a file back while the round is open; raises NotFound."""
    place, support, round_ = _find(session, plan, round_code, unit, target=target, actor=actor)
    _require_open(round_, at)
    taken: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        delete(SupportFile).where(
            SupportFile.target == support.target.id,
            SupportFile.round == place.round,
            SupportFile.unit == place.unit,
            SupportFile.sha256 == sha256,
        )
    )
    if taken.rowcount == 0:
        raise NotFound
    detail = {"target": target, "lead": support.lead.code, "sha256": sha256}
    record(session, act="report.support_back", subject=place.subject, actor=actor.key, at=at,
           detail=detail)  # fmt: skip


def _find(
    session: Session, plan: str, round_code: str, unit: str, *, target: str, actor: Actor
) -> tuple[Place, Support, SupportRound]:
    place = find_place(session, plan, round_code, unit)
    require_writer(session, place, actor)
    found = get_plan(session, plan)
    wanted = get_target(session, found.id, target)
    for support in list_supports(session, found, unit=place.unit):
        for one in support.rounds if support.target.id == wanted.id else ():
            if one.round.standing.round == place.round:
                return place, support, one
    raise NotFound


def _require_open(one: SupportRound, at: datetime) -> None:
    standing = one.round.standing
    if not one.is_open(shanghai_date(at)):
        raise SupportClosed(round=standing.round_title, day=standing.locks_on)


def _count(session: Session, key: dict[str, int]) -> int:
    columns = (getattr(SupportFile, name) == value for name, value in key.items())
    return session.scalar(select(func.count()).select_from(SupportFile).where(*columns)) or 0
