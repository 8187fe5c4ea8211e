"""What the reports behind a number carry: accepted figures, parts, aliases, steps, files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.evidence.models import File
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Round, Target
from shuangyong_core.reports.models import (
    Acceptance,
    Figure,
    FigureKey,
    FigurePart,
    Report,
    ReportFile,
    Submission,
)
from shuangyong_core.rollups.queries.place import NODE, Place, current, is_under
from shuangyong_core.units.models import Unit

ACTING = aliased(Unit)
Sent = tuple[int, int]  # report, number of the submission


def accepted(place: Place, target: int, *, round: int | None) -> Any:
    """This function will select the submissions that count for a target in a subtree."""
    statement = (
        select(Unit.code, Unit.id.label("unit_id"), Unit.name, Unit.kind)
        .add_columns(Round.code.label("round_code"), Report.id.label("report"))
        .add_columns(Submission.no, Submission.at, Submission.actor, Submission.on_behalf)
        .add_columns(Submission.channel, Submission.body_hash, ACTING.name.label("acting_unit"))
        .add_columns(Acceptance.accepted_at, Acceptance.accepted_by)
        .add_columns(Acceptance.acting_for)
        .add_columns(Figure.state, Figure.numerator, Figure.denominator, Figure.text)
        .add_columns(Figure.covered)
        .select_from(NODE)
        .join(DueItem, and_(DueItem.unit == NODE.c.unit, DueItem.target == target))
        .join(Target, Target.id == DueItem.target)
        .join(Unit, Unit.id == DueItem.unit)
        .join(Round, Round.id == DueItem.round)
        .join(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
        .join(Acceptance, and_(Acceptance.report == Report.id, Acceptance.revoked_at.is_(None)))
        .join(Submission, _same(Submission, Acceptance))
        .outerjoin(ACTING, ACTING.id == Submission.acting_unit)
        .join(Figure, and_(_same(Figure, Acceptance), Figure.indicator == Target.indicator))
        .where(*current(NODE), is_under(NODE))
        .where(DueItem.valid_to.is_(None), Figure.state != "missing")
        .order_by(NODE.c.path, Round.due_date)
    )
    if round is not None:
        statement = statement.where(DueItem.round == round)
    return statement.params(place.asked)


def steps_of(session: Session, reports: Sequence[int]) -> dict[int, list[Any]]:
    """This function will give every move of these reports, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    statement = (
        select(Step.subject_id, Step.from_status, Step.to_status, Step.at, Step.actor, Step.note)
        .where(Step.subject_kind == "report", Step.subject_id.in_(reports))
        .order_by(Step.id)
    )
    for report, *step in session.execute(statement):
        found[report].append(step)
    return found


def files_of(session: Session, reports: Sequence[int]) -> dict[Sent, list[Any]]:
    """This function will give the files that went out with each submission."""
    statement = (
        select(ReportFile.report, ReportFile.no, File.sha256, ReportFile.name)
        .add_columns(File.media_type, File.size)
        .join(File, File.sha256 == ReportFile.sha256)
        .where(ReportFile.report.in_(reports))
        .order_by(ReportFile.name)
    )
    return _by_submission(session, statement)


def parts_of(session: Session, reports: Sequence[int], target: int) -> dict[Sent, list[Any]]:
    """This function will give the parts of the target's figure in each submission."""
    return _of_figure(session, FigurePart, (FigurePart.part, FigurePart.value), reports, target)


def keys_of(session: Session, reports: Sequence[int], target: int) -> dict[Sent, list[Any]]:
    """This function will give the aliases of the target's figure in each submission."""
    return _of_figure(session, FigureKey, (FigureKey.key,), reports, target)


def _of_figure(
    session: Session, table: Any, columns: Any, reports: Sequence[int], target: int
) -> dict[Sent, list[Any]]:
    statement = (
        select(table.report, table.no, *columns)
        .join(Target, Target.indicator == table.indicator)
        .where(Target.id == target, table.report.in_(reports))
        .order_by(*columns)
    )
    return _by_submission(session, statement)


def _by_submission(session: Session, statement: Any) -> dict[Sent, list[Any]]:
    found: dict[Sent, list[Any]] = defaultdict(list)
    for report, no, *rest in session.execute(statement):
        found[report, no].append(rest)
    return found


def _same(one: Any, other: Any) -> Any:
    return and_(one.report == other.report, one.no == other.no)
