"""Writes down what was done with a workbook, so that the next one at the desk knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit import actions as audit
from shuangyong_core.marks import actions as marks
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.queries.reach import require_reader
from shuangyong_core.reports.queries.workbook_course import WORKBOOK_SUBJECT
from shuangyong_core.reports.rules.workbook.course import WorkbookStep


def note_workbook(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    step: WorkbookStep,
    count: int = 0,
    actor: Actor,
    at: datetime,
) -> None:
    """This function will write one step of a workbook; raises NotFound out of reach."""
    place = find_place(session, plan, round_code, unit)
    require_reader(session, place, actor)
    marks.take_step(
        session, subject_kind=WORKBOOK_SUBJECT, subject_id=place.round, unit=place.unit,
        from_status=None, to_status=step, at=at, actor=actor.key, note=str(count),
    )  # fmt: skip
    if step is not WorkbookStep.WRITTEN:  # an import has an entry of its own
        audit.record(session, act=f"workbook.{step}", actor=actor.key, at=at,
                     subject=f"workbook:{plan}/{round_code}/{unit}")  # fmt: skip
