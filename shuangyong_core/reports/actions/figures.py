"""Writes a submission with its figures, parts, aliases and files: rows that never change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Integer, bindparam, insert, select
from sqlalchemy.orm import Session

from shuangyong_core.db import database_of, quiet_insert, table_of
from shuangyong_core.later import write_later
from shuangyong_core.reports.models import (
    DraftFile,
    Figure,
    FigureKey,
    FigurePart,
    ReportFile,
    Submission,
)
from shuangyong_core.reports.rules.required import FigureValue

# Built once: one write for each kind of row, whatever the figures are.
FIGURES, PARTS, KEYS = (insert(table_of(kept)) for kept in (Figure, FigurePart, FigureKey))
SUBMISSIONS = insert(table_of(Submission))
_file = table_of(DraftFile)
COPY_FILES = insert(table_of(ReportFile)).from_select(
    ["report", "no", "sha256", "name"],
    select(_file.c.report, bindparam("of_no", type_=Integer), _file.c.sha256, _file.c.name).where(
        _file.c.report == bindparam("of_report")
    ),
)


@cache
def _keep_on(database: str) -> Insert:
    table = table_of(Submission)
    keeping = quiet_insert(database, table, conflict=["actor", "idempotency_key"])
    return keeping.returning(table.c.no)


def keep_submission(
    session: Session,
    submission: Mapping[str, Any],
    values: Sequence[FigureValue],
    *,
    is_alone: bool = False,
) -> bool:
    """This function will write a submission; False when its key is taken by another one.

    `is_alone`: the key was just looked for, and nobody else can write or wants to read it now.
    """
    # Also with nothing to write: what comes after it is written after it.
    write_later(session, SUBMISSIONS, [submission] if is_alone else [])
    if not is_alone and session.scalar(_keep_on(database_of(session)), submission) is None:
        return False
    place = {"report": submission["report"], "no": submission["no"]}
    for writing, rows in (
        (FIGURES, [_figure(value) for value in values]),
        (PARTS, _parts(values)),
        (KEYS, _keys(values)),
    ):
        write_later(session, writing, [place | row for row in rows])
    write_later(session, COPY_FILES, [{"of_report": place["report"], "of_no": place["no"]}])
    return True


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
