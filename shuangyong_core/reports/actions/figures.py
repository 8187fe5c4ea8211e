"""Writes a submission with its figures, parts, aliases and files: rows that never change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from shuangyong_core.db import Base, insert_into
from shuangyong_core.reports.models import (
    DraftFile,
    Figure,
    FigureKey,
    FigurePart,
    ReportFile,
    Submission,
)
from shuangyong_core.reports.rules.required import FigureValue


def keep_submission(
    session: Session, submission: Mapping[str, Any], values: Sequence[FigureValue]
) -> bool:
    """This function will write a submission; False when its key is taken by another one."""
    written = session.scalar(
        insert_into(session, Submission)
        .values(**submission)
        .on_conflict_do_nothing(index_elements=["actor", "idempotency_key"])
        .returning(Submission.no)
    )
    if written is None:
        return False
    place = {"report": submission["report"], "no": submission["no"]}
    for table, rows in (
        (Figure, [_figure(value) for value in values]),
        (FigurePart, _parts(values)),
        (FigureKey, _keys(values)),
    ):
        _insert(session, table, [place | row for row in rows])
    _copy_files(session, report=submission["report"], no=submission["no"])
    return True


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _figure(value: FigureValue) -> dict[str, Any]:
    return {
        "indicator": value.indicator,
        "state": value.state,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "text": value.text,
        "covered": value.covered,
    }


def _parts(values: Sequence[FigureValue]) -> list[dict[str, Any]]:
    return [
        {"indicator": value.indicator, "part": part, "value": number}
        for value in values
        for part, number in value.parts
    ]


def _keys(values: Sequence[FigureValue]) -> list[dict[str, Any]]:
    return [{"indicator": value.indicator, "key": key} for value in values for key in value.keys]


def _copy_files(session: Session, *, report: int, no: int) -> None:
    names = ["report", "no", "sha256", "name"]
    attached = select(DraftFile.report, literal(no), DraftFile.sha256, DraftFile.name)
    statement = insert(ReportFile).from_select(names, attached.where(DraftFile.report == report))
    session.execute(statement)
