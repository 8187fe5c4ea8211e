"""One report as its reviewer sees it: each figure beside what was said before, and all moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.acted_for import names_of_acts
from shuangyong_core.errors import NotFound
from shuangyong_core.marks.queries import list_steps
from shuangyong_core.reports.models import ReviewReturn
from shuangyong_core.reports.queries.conversation import (
    LatestReturn,
    LatestSubmission,
    find_conversation,
)
from shuangyong_core.reports.queries.figures import figures_of, other_rounds
from shuangyong_core.reports.queries.files import AttachedFile, list_files
from shuangyong_core.reports.queries.form import form_item
from shuangyong_core.reports.queries.happened import (
    SUBJECT,
    TOKENS,
    acted,
    what_was_done,
)
from shuangyong_core.reports.queries.place import Place, find_place_of
from shuangyong_core.reports.queries.reach import require_reader
from shuangyong_core.reports.queries.reply import (
    REPLY_SUBJECT,
    has_open_objection,
    what_was_said,
)
from shuangyong_core.reports.queries.required import DueFigure, due_figures
from shuangyong_core.reports.queries.supports import SupportedFile, handed_in
from shuangyong_core.reports.rules.required import FigureValue
from shuangyong_core.reports.rules.review import is_reviewer, why_not_decide
from shuangyong_core.reports.rules.showing import show_figure
from shuangyong_core.reports.rules.status import Act, Status


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One figure of the submission, beside the round before and the submission before."""

    due: DueFigure
    value: FigureValue | None
    text: str
    previous_round_title: str
    previous_round_text: str
    previous_submission_text: str
    goal_text: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One move of the report."""

    at: datetime
    what: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A report with its history."""

    place: Place
    report: int
    status: Status
    version: int
    latest: LatestSubmission
    returned: LatestReturn | None
    returns: int
    rows: tuple[ReviewRow, ...]
    files: tuple[AttachedFile, ...]
    handed_in: tuple[SupportedFile, ...]  # by supporting units (配合)
    history: tuple[Happening, ...]
    may: tuple[Act, ...]
    may_answer: bool  # the unit objects to what was typed for it
    may_not: Mapping[Act, str]


def get_review_page(session: Session, report: int, *, actor: Actor) -> ReviewPage:
    """This function will give a report that was sent at least once; raises NotFound."""
    place = find_place_of(session, report)
    line = require_reader(session, place, actor)
    found = find_conversation(session, place)
    if found.latest is None:
        raise NotFound
    returns = select(func.count()).select_from(ReviewReturn).where(ReviewReturn.report == report)
    why_not = why_not_decide(
        actor,
        line=line,
        issuer=place.issuer,
        status=found.status,
        submitted_by=found.latest.actor,
        on_behalf=found.latest.on_behalf,
    )
    is_answerable = has_open_objection(found.status, found.latest.reply)
    return ReviewPage(
        place=place,
        report=report,
        status=found.status,
        version=found.version,
        latest=found.latest,
        returned=found.returned,
        returns=session.scalar(returns) or 0,
        rows=_rows(session, place, report, no=found.latest.no),
        files=list_files(session, report, no=found.latest.no),
        handed_in=tuple(handed_in(session, lead=place.unit, round=place.round)),
        history=list_happenings(session, report),
        may=tuple(act for act, why in why_not.items() if why is None),
        may_answer=is_answerable and is_reviewer(actor, line=line, issuer=place.issuer),
        may_not={act: why for act, why in why_not.items() if why is not None},
    )


def _rows(session: Session, place: Place, report: int, *, no: int) -> tuple[ReviewRow, ...]:
    due = due_figures(session, place.unit, place.round)
    codes = [item.required.code for item in due]
    others = other_rounds(session, place.unit, codes=codes, but=place.round)
    sent = figures_of(session, report, [no, no - 1])
    rows = []
    for item in due:
        required = item.required
        beside = form_item(item, others.get(required.code, []), place, None)
        value = sent[no].get(required.indicator)
        before = sent[no - 1].get(required.indicator)
        rows.append(
            ReviewRow(
                due=item,
                value=value,
                text=show_figure(value, required),
                previous_round_title=beside.last.round_title if beside.last else "",
                previous_round_text=beside.last.text if beside.last else "—",
                previous_submission_text=show_figure(before, required),
                goal_text=beside.goal_text,
            )
        )
    return tuple(rows)


def list_happenings(session: Session, report: int) -> tuple[Happening, ...]:
    """This function will list all moves of a report, oldest first."""
    moves = list_steps(session, subject_kind=SUBJECT, subject_id=report)
    replies = list_steps(session, subject_kind=REPLY_SUBJECT, subject_id=report)
    steps = sorted([*moves, *replies], key=lambda step: step.id)
    unit = next((step.unit for step in steps if step.unit is not None), 0)
    names = names_of_acts(session, [acted(step) for step in steps], unit=unit)
    return tuple(
        Happening(
            at=step.at,
            what=what_was_said(step) if step in replies else what_was_done(step),
            who=name,
            note="" if step.note in TOKENS else step.note,
        )
        for step, name in zip(steps, names, strict=True)
    )
