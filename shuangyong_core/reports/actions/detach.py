"""Takes a file off what is being written; submissions that carried it keep it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.actions.move import hold_or_open
from shuangyong_core.reports.actions.save_draft import check_place
from shuangyong_core.reports.models import DraftFile
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.reach import require_writer


def detach(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    sha256: str,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will take a file off the draft; raises NotFound if it is not there."""
    place = find_place(session, plan, round_code, unit)
    require_writer(session, place, actor)
    held = hold_or_open(session, place, actor=actor, at=at)
    check_place(session, place, held.status, at=at)
    taken: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        delete(DraftFile).where(DraftFile.report == held.id, DraftFile.sha256 == sha256)
    )
    if taken.rowcount == 0:
        raise NotFound
    audit.record(session, act="report.detach", subject=place.subject, actor=actor.key, at=at,
                 detail={"sha256": sha256})  # fmt: skip
