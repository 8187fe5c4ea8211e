"""How a plan, its targets and its rounds are answered; numbers as decimal text, never as floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import RoundRow, TargetRow
from shuangyong_core.plans.rules.status import WORDS


class PlanAnswer(TypedDict):
    """A plan's head."""

    code: str
    year: int
    title: str
    issuer: str
    status: str
    status_name: str
    basis: str
    approved_by: str
    filing_no: str
    inflation_limit: str
    lead_workdays: int
    review_levels: int
    max_rounds: int
    within: dict[str, int]  # working days
    requests_by: str  # issuer | superior: who decides over 延期 豁免 暂停
    launched_at: str | None


class RoundAnswer(TypedDict):
    """A round; a provisional date waits for the holiday notice of its year."""

    code: str
    title: str
    opens_on: str
    due_date: str
    locks_on: str
    done_by: str | None
    state: str  # planned | open | closed
    is_provisional: bool


class IndicatorAnswer(TypedDict):
    """What is counted, and how it adds up."""

    code: str
    name: str
    kind: str
    unit: str
    decimals: int
    over_units: str
    over_time: str
    hint: str
    parts: dict[str, list[str]]


class TargetAnswer(TypedDict):
    """A target as the plan has it now."""

    code: str
    title: str
    category: str
    heading: int
    indicator: IndicatorAnswer
    goal_kind: str  # total each ratio done none
    goal: str | None
    goal_note: str
    split: str
    per: str
    weight: int
    automatic: str | None
    on_behalf_of: str | None
    shown_to: list[str]
    supporting: list[str]  # 配合单位: kinds or codes
    source: str


class RoundList(TypedDict):
    """A plan's rounds."""

    items: list[RoundAnswer]


class TargetList(TypedDict):
    """A plan's targets."""

    items: list[TargetAnswer]


class LaunchAnswer(TypedDict):
    """A launch that was started; `targets` are newly sent down by this call."""

    plan: str
    status: str
    targets: list[str]


def plan(found: Plan, *, issuer: str) -> PlanAnswer:
    """This function will answer a plan's head; `issuer` is its unit's code."""
    limits = ("acknowledge", "decompose", "review", "correct")
    return {
        "code": found.code,
        "year": found.year,
        "title": found.title,
        "issuer": issuer,
        "status": found.status,
        "status_name": WORDS.get(found.status, found.status),
        "basis": found.basis,
        "approved_by": found.approved_by,
        "filing_no": found.filing_no,
        "inflation_limit": str(Decimal(found.inflation_bp) / 10_000),
        "lead_workdays": found.lead_workdays,
        "review_levels": found.review_levels,
        "max_rounds": found.max_rounds,
        "requests_by": found.requests_by,
        "within": {name: int(getattr(found, f"within_{name}")) for name in limits},
        "launched_at": instant(found.launched_at) if found.launched_at else None,
    }


def launched(found: Plan, codes: Sequence[str]) -> LaunchAnswer:
    """This function will answer a launch that was started."""
    return {"plan": found.code, "status": found.status, "targets": list(codes)}


def rounds(found: Sequence[RoundRow], *, today: date) -> RoundList:
    """This function will answer a plan's rounds."""
    return {
        "items": [
            {
                "code": each.code,
                "title": each.title,
                "opens_on": each.opens_on.isoformat(),
                "due_date": each.due_date.isoformat(),
                "locks_on": each.locks_on.isoformat(),
                "done_by": each.done_by.isoformat() if each.done_by else None,
                "state": each.state(today),
                "is_provisional": each.is_provisional,
            }
            for each in found
        ]
    }


def targets(found: Sequence[TargetRow]) -> TargetList:
    """This function will answer a plan's targets."""
    return {"items": [_target(each) for each in found]}


def _target(row: TargetRow) -> TargetAnswer:
    return {
        "code": row.code,
        "title": row.title,
        "category": row.category,
        "heading": row.heading,
        "indicator": _indicator(row, row.parts),
        "goal_kind": row.goal_kind,
        "goal": _goal(row),
        "goal_note": row.goal_note,
        "split": row.split,
        "per": row.per,
        "weight": row.weight,
        "automatic": row.automatic,
        "on_behalf_of": row.on_behalf_of,
        "shown_to": list(row.shown_to),
        "supporting": list(row.supporting),
        "source": row.source,
    }


def _indicator(row: TargetRow, parts: Mapping[str, Sequence[str]]) -> IndicatorAnswer:
    return {
        "code": row.indicator_code,
        "name": row.name,
        "kind": row.kind,
        "unit": row.display_unit,
        "decimals": row.decimals,
        "over_units": row.over_units,
        "over_time": row.over_time,
        "hint": row.hint,
        "parts": {name: list(kept) for name, kept in parts.items()},
    }


def _goal(row: TargetRow) -> str | None:
    if row.goal is None or row.goal_kind not in ("total", "each", "ratio"):
        return None
    if row.goal_kind == "ratio":
        return str((Decimal(row.goal) / Decimal(row.goal_den or 1)).normalize())
    return format_scaled(row.goal, row.decimals)
