"""What the guards of a plan say: sums per level, excesses, dates, what is not covered."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.answers.coverage import CoverageAnswer, coverage
from shuangyong_core.assignments.queries.excesses import Excess, LevelSum
from shuangyong_core.assignments.queries.guards import Guards
from shuangyong_core.guard.numbers import format_scaled, ratio_text
from shuangyong_core.plans.rules.stage_chain import Shortfall


class LevelAnswer(TypedDict):
    """A target on one level of holders; 1 is the unit asked about."""

    target: str
    level: int
    holders: int
    held: str
    shared_out: str
    percent: str | None  # 分解合计/下达数
    exceeding: int
    above_limit: int


class ExcessAnswer(TypedDict):
    """A holder that shares out more than it holds."""

    target: str
    unit: str
    level: int
    held: str
    shared_out: str
    percent: str | None
    is_above_limit: bool
    reason: str


class DateAnswer(TypedDict):
    """An earlier 报送时限 that a holder gave below."""

    target: str
    round: str
    unit: str
    due_date: str
    round_due_date: str
    lead_workdays: int
    reason: str
    at: str


class ShortfallAnswer(TypedDict):
    """A round that cannot be met, with the earliest dates that can."""

    round: str
    starts_on: str
    levels: int
    split_by: str
    due_date: str
    earliest_due_date: str
    locks_on: str
    earliest_locks_on: str
    message: str


class StatedAnswer(TypedDict):
    """Why a launch went on."""

    at: str
    who: str
    reason: str
    found: list[str]


class GuardsAnswer(TypedDict):
    """All guards of a unit and below."""

    levels: list[LevelAnswer]
    excesses: list[ExcessAnswer]
    earlier_dates: list[DateAnswer]
    coverage: CoverageAnswer
    shortfalls: list[ShortfallAnswer]
    reasons: list[StatedAnswer]


def guards(found: Guards) -> GuardsAnswer:
    """This function will answer what the guards say."""
    return {
        "levels": [_level(each, found.top) for each in found.levels],
        "excesses": [_excess(each, found.top) for each in found.excesses],
        "earlier_dates": [
            {
                "target": each.code,
                "round": each.round,
                "unit": each.unit_code,
                "due_date": each.due.isoformat(),
                "round_due_date": each.own_due.isoformat(),
                "lead_workdays": each.lead,
                "reason": each.reason,
                "at": instant(each.at),
            }
            for each in found.dates
        ],
        "coverage": coverage(found.coverage),
        "shortfalls": shortfalls(found.shortfalls),
        "reasons": [
            {
                "at": instant(each.at),
                "who": each.who,
                "reason": each.reason,
                "found": list(each.found),
            }
            for each in found.reasons
        ],
    }


def shortfalls(found: Sequence[Shortfall]) -> list[ShortfallAnswer]:
    """This function will answer the rounds that cannot be met."""
    return [
        {
            "round": each.round,
            "starts_on": each.starts_on.isoformat(),
            "levels": each.levels,
            "split_by": each.split_by.isoformat(),
            "due_date": each.due_date.isoformat(),
            "earliest_due_date": each.earliest_due.isoformat(),
            "locks_on": each.locks_on.isoformat(),
            "earliest_locks_on": each.earliest_lock.isoformat(),
            "message": str(each),
        }
        for each in found
    ]


def _level(each: LevelSum, top: int) -> LevelAnswer:
    return {
        "target": each.code,
        "level": each.depth - top + 1,
        "holders": each.holders,
        "held": format_scaled(each.held, each.decimals),
        "shared_out": format_scaled(each.shared_out, each.decimals),
        "percent": ratio_text(each.shared_out, each.held) if each.held else None,
        "exceeding": each.exceeding,
        "above_limit": each.above_limit,
    }


def _excess(each: Excess, top: int) -> ExcessAnswer:
    return {
        "target": each.code,
        "unit": each.unit_code,
        "level": each.depth - top + 1,
        "held": format_scaled(each.held, each.decimals),
        "shared_out": format_scaled(each.shared_out, each.decimals),
        "percent": ratio_text(each.shared_out, each.held) if each.held else None,
        "is_above_limit": each.is_above_limit,
        "reason": each.reason,
    }
