"""What reports rest on, by the eight headings of the standard: files, and papers with a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.evidence.models import File
from shuangyong_core.plans.models import Round, Target, TargetVersion
from shuangyong_core.reports.models import Figure, Report, ReportFile, Submission, SupportFile
from shuangyong_core.reports.queries.files import in_reach
from shuangyong_core.reports.rules.required import FigureState
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which materials: of a plan, perhaps of one round, with a text in name, unit or place."""

    plan: int
    round: str = ""
    text: str = ""
    paper_mark: str = ""  # what a note says before the place of the paper originals


@dataclass(frozen=True, slots=True)
class Material:
    """One file, or one paper with its place, under one heading."""

    sha256: str | None  # None: a paper; its place is in the note
    name: str
    media_type: str
    note: str
    unit: str
    unit_code: str
    round: str
    round_title: str
    targets: tuple[str, ...]  # codes of this heading in the same report
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """How many there are; one that serves two headings is one in `total`."""

    total: int
    by_heading: dict[int, int]


def count_materials(session: Session, wanted: Wanted, *, actor: Actor) -> Held:
    """This function will count the materials within reach, in all and by heading."""
    pieces = _pieces(wanted, actor)
    headings = _headings(wanted)
    rows = session.execute(
        select(headings.c.heading, func.count())
        .join(pieces, _serves(pieces, headings))
        .group_by(headings.c.heading)
    )
    by_heading = {heading: count for heading, count in rows}
    total = session.scalar(select(func.count()).select_from(pieces)) or 0
    return Held(total, by_heading)


def list_materials(
    session: Session, wanted: Wanted, *, heading: int, actor: Actor, limit: int, offset: int
) -> list[Material]:
    """This function will list the materials of a heading within reach, newest first."""
    pieces, headings = _pieces(wanted, actor), _headings(wanted)
    rows = session.execute(
        select(
            pieces.c.sha256, pieces.c.name, pieces.c.media_type, pieces.c.note,
            Unit.name.label("unit"), Unit.code.label("unit_code"), Round.code.label("round"),
            Round.title.label("round_title"), headings.c.targets, pieces.c.at,
        )
        .join(headings, _serves(pieces, headings))
        .join(Report, Report.id == pieces.c.report)
        .join(Unit, Unit.id == Report.unit)
        .join(Round, Round.id == Report.round)
        .where(headings.c.heading == heading)
        .order_by(pieces.c.at.desc(), Unit.code, pieces.c.name)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    split = ((row, tuple(sorted(row.targets.split(",")))) for row in rows)
    return [Material(**dict(row._mapping) | {"targets": targets}) for row, targets in split]


def _serves(pieces: Subquery, headings: Subquery) -> ColumnElement[bool]:
    """A report's own piece serves all that the report says; one handed in, the task it is for."""
    is_own = pieces.c.heading.is_(None)
    return and_(
        pieces.c.report == headings.c.report,
        or_(is_own, pieces.c.heading == headings.c.heading),
    )


def _headings(wanted: Wanted) -> Subquery:
    """The headings that a report's latest submission says something about."""
    return (
        select(
            Report.id.label("report"),
            TargetVersion.heading,
            func.aggregate_strings(Target.code, ",").label("targets"),
        )
        .join(
            Figure,
            and_(
                Figure.report == Report.id,
                Figure.no == Report.latest_no,
                Figure.state == FigureState.REPORTED.value,
            ),
        )
        .join(DueItem, and_(DueItem.unit == Report.unit, DueItem.round == Report.round))
        .join(Target, and_(Target.id == DueItem.target, Target.indicator == Figure.indicator))
        .join(TargetVersion, TargetVersion.target == Target.id)
        .where(Target.plan == wanted.plan, TargetVersion.to_version.is_(None))
        .where(DueItem.valid_to.is_(None))
        .group_by(Report.id, TargetVersion.heading)
        .subquery("headings")
    )


def _pieces(wanted: Wanted, actor: Actor) -> Subquery:
    files = (
        _sent(wanted, actor, ReportFile.sha256, ReportFile.name, File.media_type)
        .join(ReportFile, and_(ReportFile.report == Report.id, ReportFile.no == Report.latest_no))
        .join(File, File.sha256 == ReportFile.sha256)
    )
    handed_in = (
        _sent(
            wanted, actor, SupportFile.sha256, SupportFile.name, File.media_type,
            note=SupportFile.note, at=SupportFile.at, heading=TargetVersion.heading,
        )
        .join(
            SupportFile,
            and_(SupportFile.lead == Report.unit, SupportFile.round == Report.round),
        )
        .join(TargetVersion, TargetVersion.target == SupportFile.target)
        .join(File, File.sha256 == SupportFile.sha256)
        .where(TargetVersion.to_version.is_(None))
    )  # fmt: skip
    papers = _sent(wanted, actor, null(), literal(""), literal("")).where(
        Submission.note.contains(wanted.paper_mark, autoescape=True)
    )
    if wanted.text:
        likes = [
            column.contains(wanted.text, autoescape=True) for column in (Unit.name, Submission.note)
        ]
        named = ReportFile.name.contains(wanted.text, autoescape=True)
        files, papers = files.where(or_(named, *likes)), papers.where(or_(*likes))
        handed = SupportFile.name.contains(wanted.text, autoescape=True)
        handed_in = handed_in.where(or_(handed, *likes))
    return union_all(files, handed_in, papers).subquery("pieces")


def _sent(
    wanted: Wanted, actor: Actor, sha256: Any, name: Any, media: Any, *,
    note: Any = Submission.note, at: Any = Submission.at, heading: Any = None,
) -> Select[Any]:  # fmt: skip
    chosen = (
        select(
            Report.id.label("report"),
            sha256.label("sha256"),
            name.label("name"),
            media.label("media_type"),
            note.label("note"),
            at.label("at"),
            (cast(null(), Integer) if heading is None else heading).label("heading"),
        )
        .select_from(Report)
        .join(Round, Round.id == Report.round)
        .join(Unit, Unit.id == Report.unit)
        .join(
            Submission,
            and_(Submission.report == Report.id, Submission.no == Report.latest_no),
        )
        .where(Round.plan == wanted.plan, in_reach(actor))
    )
    return chosen.where(Round.code == wanted.round) if wanted.round else chosen
