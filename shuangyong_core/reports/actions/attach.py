"""Attaches a stored file to what is being written; it goes out with the next submission."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.db import insert_into
from shuangyong_core.errors import Refused
from shuangyong_core.evidence.actions import keep_file
from shuangyong_core.evidence.rules import Stored, tidy_name
from shuangyong_core.reports.actions.move import hold_or_open
from shuangyong_core.reports.actions.save_draft import check_place
from shuangyong_core.reports.models import DraftFile
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.reach import require_writer

MOST_FILES = 9


class TooManyFiles(Refused):
    """A report carries a few files, not an archive."""

    message = "一份报送最多附 {most} 个文件，请先删掉不用的。"
    code = "too_many_files"


def attach(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    stored: Stored,
    name: str,
    actor: Actor,
    at: datetime,
) -> int:
    """This function will attach a file and give the report's id; TooManyFiles, NameUnusable …"""
    place = find_place(session, plan, round_code, unit)
    require_writer(session, place, actor)
    kept_name = tidy_name(name, media_type=stored.media_type)
    held = hold_or_open(session, place, actor=actor, at=at)
    check_place(session, place, held.status, at=at)
    keep_file(session, stored, at=at)
    values = {"report": held.id, "sha256": stored.sha256, "name": kept_name}
    attached = insert_into(session, DraftFile).values(at=at, actor=actor.key, **values)
    # The same photo twice is one photo; the name given last is shown.
    session.execute(
        attached.on_conflict_do_update(
            index_elements=["report", "sha256"], set_={"name": kept_name}
        )
    )
    here = select(func.count()).select_from(DraftFile).where(DraftFile.report == held.id)
    if (session.scalar(here) or 0) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    detail = {"sha256": stored.sha256, "size": stored.size}
    audit.record(session, act="report.attach", subject=place.subject, actor=actor.key, at=at,
                 detail=detail)  # fmt: skip
    return held.id
