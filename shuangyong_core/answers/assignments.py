"""How assignments are answered: quota, dates, statuses, what may be done next and why not."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.assignments.queries.splits import Share, SplitProposal
from shuangyong_core.assignments.queries.table import AssignmentRow, DueRow
from shuangyong_core.assignments.rules.statuses import status_now
from shuangyong_core.guard.numbers import format_scaled

OVER = frozenset({"closed", "withdrawn", "exempt", "suspended"})


class DueAnswer(TypedDict):
    """One item due: in which round, when to be done, when to be reported."""

    round: str
    title: str
    done_by: str
    first_due: str
    due_date: str


class ShareAnswer(TypedDict):
    """What one unit directly below holds."""

    code: str
    name: str
    quota: str
    state: str  # proposed | confirmed | automatic
    source: str  # default | split | amended


class AssignmentAnswer(TypedDict):
    """A target at a unit; quotas are decimal strings."""

    target: str
    title: str
    category: str
    unit: str
    role: str  # hold | report | both
    status: str | None
    hold_status: str | None
    report_status: str | None
    holder: str | None  # whose hands it is in
    version: int
    goal_kind: str
    goal: str | None
    quota: str | None
    own: str | None  # 本级承办
    display_unit: str
    state: str | None
    source: str | None
    due_date: str | None  # of the next item in the year; all are in due_items
    due_items: list[DueAnswer]
    children: list[ShareAnswer]
    may: list[str]
    may_not: dict[str, str]


class AssignmentList(TypedDict):
    """What a unit has on its table."""

    items: list[AssignmentAnswer]


def assignments(
    rows: Sequence[AssignmentRow], splits: Sequence[SplitProposal], *, unit: str
) -> AssignmentList:
    """This function will answer a unit's table; `unit` is its code."""
    shares = {split.target: split for split in splits}
    return {"items": [assignment(row, shares.get(row.target), unit=unit) for row in rows]}


def assignment(row: AssignmentRow, split: SplitProposal | None, *, unit: str) -> AssignmentAnswer:
    """This function will answer one assignment with what is shared out of it."""
    status = status_now(row.hold_status, row.report_status)
    return {
        "target": row.code,
        "title": row.title,
        "category": row.category,
        "unit": unit,
        "role": row.role,
        "status": status,
        "hold_status": row.hold_status,
        "report_status": row.report_status,
        "holder": None if status in OVER else unit,
        "version": row.version,
        "goal_kind": row.goal_kind,
        "goal": _goal(row),
        "quota": _number(row.held, row),
        "own": _number(row.own, row),
        "display_unit": row.display_unit,
        "state": row.state,
        "source": row.source,
        "due_date": row.due_items[0].due.isoformat() if row.due_items else None,
        "due_items": [_due(each) for each in row.due_items],
        "children": [_share(each, row.decimals) for each in split.children] if split else [],
        "may": list(row.may),
        "may_not": dict(row.may_not),
    }


def _number(value: int | None, row: AssignmentRow) -> str | None:
    return None if value is None else format_scaled(value, row.decimals)


def _goal(row: AssignmentRow) -> str | None:
    """The plan's own goal where everybody has the same one; a total is told by the quota."""
    if row.goal is None or row.goal_kind not in ("each", "ratio"):
        return None
    if row.goal_kind == "ratio":
        return f"{row.goal}/{row.goal_den or 1}"
    return format_scaled(row.goal, row.decimals)


def _due(row: DueRow) -> DueAnswer:
    return {
        "round": row.round,
        "title": row.title,
        "done_by": row.done_by.isoformat(),
        "first_due": row.first_due.isoformat(),
        "due_date": row.due.isoformat(),
    }


def _share(share: Share, decimals: int) -> ShareAnswer:
    return {
        "code": share.code,
        "name": share.name,
        "quota": format_scaled(share.held, decimals),
        "state": share.state,
        "source": share.source,
    }
