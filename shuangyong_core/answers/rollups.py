"""How the roll-up is answered: every number with what it is divided by, and what is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.rollups.queries import RollupLine, Source


class LineAnswer(TypedDict):
    """One target at one unit, in a round or in the year to date."""

    target: str
    title: str
    category: str
    unit: str
    display_unit: str
    value: str | None
    numerator: int | None
    denominator: int | None
    own: str | None  # 本级承办
    within: str | None  # 下级合计
    goal: str | None
    goal_note: str
    rate: str | None  # percent
    rate_numerator: int | None
    rate_denominator: int | None
    planned_rate: str | None  # 按计划应达, percent
    light: str
    expected: int
    reported: int
    accepted: int
    pending: int
    returned: int
    reviewing: int
    on_time: int
    not_involved: int
    overdue: int
    as_of: str | None


class RollupAnswer(TypedDict):
    """What a unit's targets add up to."""

    items: list[LineAnswer]


class PartAnswer(TypedDict):
    """A part of a figure, scaled as its indicator is."""

    name: str
    value: int


class SourceAnswer(TypedDict):
    """One accepted submission behind a number."""

    unit: str
    unit_name: str
    round: str
    no: int
    state: str  # reported | not_involved
    value: str | None
    numerator: int | None
    denominator: int | None
    text: str | None
    covered: int | None  # 涉及 n 家
    parts: list[PartAnswer]
    keys: list[str]
    submitted_at: str
    submitted_by: str
    on_behalf: bool
    acting_unit: str | None  # 石桥街道代填: who typed it for the unit
    channel: str
    body_hash: str
    accepted_at: str
    accepted_by: str
    acting_for: bool  # counted as reviewed, for its reviewer typed it
    files: list[str]  # sha256


class SourceList(TypedDict):
    """The reports behind a number."""

    items: list[SourceAnswer]


def rollup(lines: Sequence[RollupLine]) -> RollupAnswer:
    """This function will answer the targets of a unit."""
    return {"items": [line(each) for each in lines]}


def line(found: RollupLine) -> LineAnswer:
    """This function will answer one target of a unit."""
    target, tally = found.target, found.tally
    return {
        "target": target.code,
        "title": target.title,
        "category": target.category,
        "unit": found.unit.code,
        "display_unit": target.display_unit,
        "value": found.value.text,
        "numerator": found.value.numerator,
        "denominator": found.value.denominator,
        "own": found.own.text,
        "within": found.within.text,
        "goal": found.goal,
        "goal_note": target.goal_note,
        "rate": found.rate,
        "rate_numerator": found.rate_numerator,
        "rate_denominator": found.rate_denominator,
        "planned_rate": found.planned_rate,
        "light": found.light.value,
        "expected": tally.expected,
        "reported": tally.reported,
        "accepted": tally.accepted,
        "pending": tally.pending,
        "returned": tally.returned,
        "reviewing": tally.reviewing,
        "on_time": tally.on_time,
        "not_involved": tally.not_involved,
        "overdue": tally.overdue,
        "as_of": found.as_of.isoformat() if found.as_of else None,
    }


def sources(found: Sequence[Source]) -> SourceList:
    """This function will answer the reports behind a number."""
    return {"items": [_source(each) for each in found]}


def _source(source: Source) -> SourceAnswer:
    return {
        "unit": source.unit.code,
        "unit_name": source.unit.name,
        "round": source.round_code,
        "no": source.submission_no,
        "state": source.state,
        "value": source.value.text,
        "numerator": source.value.numerator,
        "denominator": source.value.denominator,
        "text": source.text,
        "covered": source.covered,
        "parts": [{"name": name, "value": value} for name, value in source.parts],
        "keys": list(source.keys),
        "submitted_at": instant(source.submitted_at),
        "submitted_by": source.submitted_by,
        "on_behalf": source.on_behalf,
        "acting_unit": source.acting_unit,
        "channel": source.channel,
        "body_hash": source.body_hash,
        "accepted_at": instant(source.accepted_at),
        "accepted_by": source.accepted_by,
        "acting_for": source.acting_for,
        "files": [file.sha256 for file in source.files],
    }
