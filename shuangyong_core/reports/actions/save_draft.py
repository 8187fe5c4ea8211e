"""Keeps what is typed so far, as typed: another device goes on where this one stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, insert, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.errors import Conflict
from shuangyong_core.guard.scanning import STRICT, Policy
from shuangyong_core.later import write_later
from shuangyong_core.reports.actions.move import hold_or_open
from shuangyong_core.reports.models import Draft, Report
from shuangyong_core.reports.queries.fields import required_figures
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import require_writer
from shuangyong_core.reports.rules.body import check_keepable, check_size
from shuangyong_core.reports.rules.harmless import check_harmless
from shuangyong_core.reports.rules.refusals import NothingDue, check_writable
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.status import Status

_draft = table_of(Draft)
WRITE = insert(_draft)
OVERWRITE = (
    update(_draft)
    .where(_draft.c.report == bindparam("of_report"))
    .values({name: bindparam(name) for name in ("body", "saved_at", "saved_by")})
)


class DraftMoved(Conflict):
    """Another window or person has saved since this one was opened."""

    message = "这份草稿已在别处改过（您打开的是第 {seen} 版，现在是第 {now} 版），请刷新后再改。"
    code = "draft_moved"


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft that is kept; `version` is what the next save must know."""

    report: int
    version: int
    saved_at: datetime


def save_draft(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    body: Mapping[str, Any],
    version: int | None,
    policy: Policy = STRICT,
    actor: Actor,
    at: datetime,
) -> SavedDraft:
    """This function will keep a draft; raises DraftMoved, WaitsForReview, RoundNotOpen …"""
    place = find_place(session, plan, round_code, unit)
    require_writer(session, place, actor)
    check_size(body)
    check_keepable(body)
    check_harmless(body, policy)
    held = hold_or_open(session, place, actor=actor, at=at)
    if version is not None and version != held.version:
        raise DraftMoved(seen=version, now=held.version)
    check_place(session, place, held.status, at=at)
    keep_draft(session, held.id, body, actor=actor, at=at)
    moved: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Report)
        .where(Report.id == held.id, Report.version == held.version)
        .values(version=held.version + 1)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:
        raise DraftMoved(seen=held.version, now=held.version + 1)
    audit.record(session, act="report.save_draft", subject=place.subject, actor=actor.key, at=at)
    return SavedDraft(held.id, held.version + 1, at)


def check_place(session: Session, place: Place, status: Status, *, at: datetime) -> None:
    """This function will refuse to write where nothing is due, or not now."""
    check_due(place, required_figures(session, place.unit, place.round), status, at=at)


def check_due(place: Place, due: Sequence[RequiredFigure], status: Status, *, at: datetime) -> None:
    """This function will refuse to write where nothing of what is read is due, or not now."""
    if not due:
        raise NothingDue(round=place.round_title)
    check_writable(
        status,
        plan_status=place.plan_status,
        round_title=place.round_title,
        opens_on=place.opens_on,
        due_date=place.due_date,
        locks_on=place.locks_on,
        is_backfill=place.is_backfill,
        today=shanghai_date(at),
    )


def keep_draft(
    session: Session,
    report: int,
    body: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    is_first: bool = False,
    may_wait: bool = False,
) -> None:
    """This function will write the draft of a held report, over the one before it, if there is."""
    kept = {"body": dict(body), "saved_at": at, "saved_by": actor.key}
    if is_first and may_wait:
        write_later(session, WRITE, [kept | {"report": report}])
        return
    if is_first:
        session.execute(WRITE, kept | {"report": report})
        return
    over: CursorResult[Any] = session.execute(OVERWRITE, kept | {"of_report": report})  # type: ignore[assignment]
    if over.rowcount == 0:
        session.execute(WRITE, kept | {"report": report})
