"""The reports behind a number: what was sent, by whom, who reviewed it, its way and its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.rollups.queries.carried import (
    accepted,
    files_of,
    keys_of,
    parts_of,
    steps_of,
)
from shuangyong_core.rollups.queries.lines import TargetRef, Value, written
from shuangyong_core.rollups.queries.place import Place, UnitRef


@dataclass(frozen=True, slots=True)
class SourceStep:
    """One move of the report: who, when, from what to what, and why."""

    from_status: str | None
    to_status: str
    at: datetime
    actor: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that went out with the report."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """One accepted submission that counts in the number."""

    unit: UnitRef
    round_code: str
    report: int
    submission_no: int
    submitted_at: datetime
    submitted_by: str  # the actor's key
    on_behalf: bool
    acting_unit: str | None  # who typed it for the unit
    channel: str
    body_hash: str
    accepted_at: datetime
    accepted_by: str
    acting_for: bool  # counted as reviewed, for its reviewer typed it
    state: str  # reported | not_involved
    value: Value
    text: str | None
    covered: int | None  # 涉及 n 家
    parts: tuple[tuple[str, int], ...]
    keys: tuple[str, ...]
    steps: tuple[SourceStep, ...]
    files: tuple[SourceFile, ...]


def sources_of(
    session: Session,
    place: Place,
    target: TargetRef,
    *,
    round: int | None,
    reach: Select[tuple[int]] | None,
    limit: int,
) -> list[Source]:
    """This function will list what counts in a number now, by unit and round."""
    statement = accepted(place, target.id, round=round).limit(limit)
    if reach is not None:
        statement = statement.where(DueItem.unit.in_(reach))
    rows = session.execute(statement).mappings().all()
    reports = [row["report"] for row in rows]
    steps, files = steps_of(session, reports), files_of(session, reports)
    parts = parts_of(session, reports, target.id)
    keys = keys_of(session, reports, target.id)
    return [
        Source(
            unit=UnitRef(row["code"], row["unit_id"], row["name"], row["kind"]),
            round_code=row["round_code"],
            report=row["report"],
            submission_no=row["no"],
            submitted_at=row["at"],
            submitted_by=row["actor"],
            on_behalf=row["on_behalf"],
            acting_unit=row["acting_unit"],
            channel=row["channel"],
            body_hash=row["body_hash"],
            accepted_at=row["accepted_at"],
            accepted_by=row["accepted_by"],
            acting_for=row["acting_for"],
            state=row["state"],
            value=written(target.measure, row["numerator"], row["denominator"]),
            text=row["text"],
            covered=row["covered"],
            parts=tuple((part, value) for part, value in parts[row["report"], row["no"]]),
            keys=tuple(key for (key,) in keys[row["report"], row["no"]]),
            steps=tuple(SourceStep(*step) for step in steps[row["report"]]),
            files=tuple(SourceFile(*file) for file in files[row["report"], row["no"]]),
        )
        for row in rows
    ]
