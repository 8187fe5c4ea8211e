"""What happened to the workbook of a unit in a round, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries import names_of
from shuangyong_core.marks.models import Step
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.rules.workbook.course import STEP_WORDS, WorkbookStep

WORKBOOK_SUBJECT = "workbook"
MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class WorkbookEvent:
    """One step, ready to read."""

    step: WorkbookStep
    text: str
    at: datetime
    who: str


def workbook_course(session: Session, place: Place) -> tuple[WorkbookEvent, ...]:
    """This function will list the latest steps of a workbook."""
    found = session.scalars(
        select(Step)
        .where(
            Step.subject_kind == WORKBOOK_SUBJECT,
            Step.subject_id == place.round,
            Step.unit == place.unit,
        )
        .order_by(Step.id.desc())
        .limit(MOST_STEPS)
    ).all()
    names = names_of(session, [step.actor for step in found])
    return tuple(
        WorkbookEvent(
            WorkbookStep(step.to_status),
            STEP_WORDS[WorkbookStep(step.to_status)].format(count=step.note),
            step.at,
            names[step.actor],
        )
        for step in found
    )
