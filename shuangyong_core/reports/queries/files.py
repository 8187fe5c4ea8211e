"""The files of reports, and who may open one: whoever sees a report that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select, true, union
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.evidence.models import File
from shuangyong_core.plans.models import Node, Round
from shuangyong_core.reports.models import DraftFile, Report, ReportFile, SupportFile
from shuangyong_core.reports.queries.reach import BUSINESS
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as people see it."""

    sha256: str
    name: str
    media_type: str
    size: int
    taken_date: date | None


def list_files(session: Session, report: int, *, no: int | None) -> tuple[AttachedFile, ...]:
    """This function will list the files of a submission, or of the draft when no is None."""
    columns = (File.sha256, File.media_type, File.size, File.taken_date)
    if no is None:
        found = select(*columns, DraftFile.name).join(DraftFile, DraftFile.sha256 == File.sha256)
        found = found.where(DraftFile.report == report)
    else:
        found = select(*columns, ReportFile.name).join(ReportFile, ReportFile.sha256 == File.sha256)
        found = found.where(ReportFile.report == report, ReportFile.no == no)
    rows = session.execute(found).all()
    files = (AttachedFile(row[0], row[4], row[1], row[2], row[3]) for row in rows)
    return tuple(sorted(files, key=lambda file: (file.name, file.sha256)))


def open_file(session: Session, sha256: str, *, actor: Actor) -> AttachedFile:
    """This function will give a file to whoever sees a report that has it; raises NotFound."""
    row = session.execute(_carriers(sha256, actor).limit(1)).first()
    row = row or session.execute(_handed_in(sha256, actor).limit(1)).first()
    if row is None:
        raise NotFound
    return AttachedFile(sha256, row.name, row.media_type, row.size, row.taken_date)


def _carriers(sha256: str, actor: Actor) -> Select[tuple[str, str, int, date | None]]:
    carried = union(
        select(ReportFile.report, ReportFile.name).where(ReportFile.sha256 == sha256),
        select(DraftFile.report, DraftFile.name).where(DraftFile.sha256 == sha256),
    ).subquery()
    return (
        select(carried.c.name, File.media_type, File.size, File.taken_date)
        .select_from(carried)
        .join(Report, Report.id == carried.c.report)
        .join(Round, Round.id == Report.round)
        .join(File, File.sha256 == sha256)
        .where(in_reach(actor))
        .order_by(carried.c.name)
    )


def _handed_in(sha256: str, actor: Actor) -> Select[tuple[str, str, int, date | None]]:
    """What a supporting unit handed in is seen by those above it and by those above the lead."""
    return (
        select(SupportFile.name, File.media_type, File.size, File.taken_date)
        .join(File, File.sha256 == SupportFile.sha256)
        .join(Round, Round.id == SupportFile.round)
        .where(SupportFile.sha256 == sha256)
        .where(
            or_(_reached(actor, SupportFile.unit), _reached(actor, SupportFile.lead)),
        )
    )


def in_reach(actor: Actor) -> ColumnElement[bool]:
    """This function will hold a query of Report and Round to what an actor may see."""
    return _reached(actor, Report.unit)


def _reached(actor: Actor, unit: Any) -> ColumnElement[bool]:
    if actor.is_unlimited:
        return true()
    here, above = aliased(Node), aliased(Node)
    tree = [
        part
        for node in (here, above)
        for part in (
            node.plan == Round.plan,
            node.tree == Tree.RESPONSIBILITY,
            node.to_edition.is_(None),
        )
    ]
    is_under = or_(here.path == above.path, here.path.startswith(above.path))
    granted = above.unit.in_(actor.units_with(*BUSINESS))
    return exists().where(and_(here.unit == unit, granted, is_under, *tree))
