"""How what waits for a caller is answered: reports to write, to mend, to decide over; splits."""

from __future__ import annotations

from typing_extensions import TypedDict

from shuangyong_core.assignments.queries.requests import RequestRow
from shuangyong_core.assignments.queries.splits import SplitProposal
from shuangyong_core.assignments.rules.requests import KIND_WORDS
from shuangyong_core.reports.queries.review_queue import QueueLine
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.reports.queries.supports_waiting import WaitingSupport
from shuangyong_core.reports.rules.status import Status

MENDED = (Status.RETURNED, Status.REOPENED)


class TodoAnswer(TypedDict):
    """One thing to do."""

    # report 填报 | mend 修改 | review 审核 | decompose 确认任务分解 | objection 答复异议
    # decide 决定申请 | asked 申请等决定 | support 配合，交材料给牵头单位
    act: str
    plan: str
    unit: str
    unit_name: str
    round: str | None
    target: str | None
    title: str
    due_date: str | None
    is_backfill: bool  # 补录: sent down when the round was over, never late
    request: int | None  # the number of the request, for `decide` and `asked`
    lead: str | None  # the unit that reports the number, for `support`


class TodoList(TypedDict):
    """Everything that waits for the caller."""

    items: list[TodoAnswer]


def to_report(plan: str, one: Standing) -> TodoAnswer:
    """This function will answer a report to write or to mend."""
    return {
        "act": "mend" if one.status in MENDED else "report",
        "plan": plan,
        "unit": one.unit_code,
        "unit_name": one.unit_name,
        "round": one.round_code,
        "target": None,
        "title": one.round_title,
        "due_date": one.due.isoformat(),
        "is_backfill": one.unsent > 0,
        "request": None,
        "lead": None,
    }


def to_review(line: QueueLine) -> TodoAnswer:
    """This function will answer a report to decide over; `due_date` is the report's own."""
    return {
        "act": "review",
        "plan": line.plan,
        "unit": line.unit_code,
        "unit_name": line.unit_name,
        "round": line.round_code,
        "target": None,
        "title": line.round_title,
        "due_date": line.due_date.isoformat(),
        "is_backfill": False,
        "request": None,
        "lead": None,
    }


def to_decompose(plan: str, unit: str, unit_name: str, split: SplitProposal) -> TodoAnswer:
    """This function will answer a split that still stands as proposed."""
    return {
        "act": "decompose",
        "plan": plan,
        "unit": unit,
        "unit_name": unit_name,
        "round": None,
        "target": split.code,
        "title": split.title,
        "due_date": None,
        "is_backfill": False,
        "request": None,
        "lead": None,
    }


def to_answer(plan: str, one: Standing) -> TodoAnswer:
    """This function will answer a unit's objection to what was typed for it."""
    return {
        "act": "objection",
        "plan": plan,
        "unit": one.unit_code,
        "unit_name": one.unit_name,
        "round": one.round_code,
        "target": None,
        "title": one.round_title,
        "due_date": None,
        "is_backfill": False,
        "request": None,
        "lead": None,
    }


def of_request(row: RequestRow, *, act: str) -> TodoAnswer:
    """This function will answer a request: `decide` for who decides, `asked` for who waits."""
    return {
        "act": act,
        "plan": row.plan_code,
        "unit": row.unit_code,
        "unit_name": row.unit_name,
        "round": row.round_code,
        "target": row.target_code,
        "title": f"{KIND_WORDS[row.kind]}：{row.about}",
        "due_date": row.until.isoformat() if row.until else None,
        "is_backfill": False,
        "request": row.id,
        "lead": None,
    }


def to_support(plan: str, one: WaitingSupport) -> TodoAnswer:
    """This function will answer what a unit may hand to its lead; `due_date` is the lead's."""
    return {
        "act": "support",
        "plan": plan,
        "unit": one.unit_code,
        "unit_name": one.unit_name,
        "round": one.standing.round_code,
        "target": one.target.code,
        "title": one.target.title,
        "due_date": one.standing.due.isoformat(),
        "is_backfill": False,
        "request": None,
        "lead": one.lead.code,
    }
