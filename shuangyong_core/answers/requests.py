"""How requests are answered: what is asked, what a grant would change, what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.assignments.queries.requests import RequestRow
from shuangyong_core.completion.queries.effect import Effect, ItemEffect, QuotaEffect
from shuangyong_core.guard.numbers import format_scaled


class ItemEffectAnswer(TypedDict):
    """One due item: its first date, its date now and then; none then: it falls due no more."""

    unit: str
    target: str
    round: str
    first_due: str
    due_date: str
    then: str | None
    is_reported: bool
    is_late: bool
    is_late_then: bool


class QuotaEffectAnswer(TypedDict):
    """What is 未落实 at the holder above; values are decimal strings."""

    holder: str
    target: str
    quota: str
    unfulfilled: str
    unfulfilled_then: str
    display_unit: str


class EffectAnswer(TypedDict):
    """All that a grant would change; `seal` goes into the decision: only what was seen is done."""

    items: list[ItemEffectAnswer]
    units: int
    late: int
    late_then: int
    quota: QuotaEffectAnswer | None
    seal: str


class RequestAnswer(TypedDict):
    """A request."""

    id: int
    plan: str
    unit: str
    unit_name: str
    kind: str  # extension 延期 | exemption 豁免 | suspension 暂停 | resumption 恢复
    scope: str  # item | round | assignment
    target: str | None
    round: str | None
    until: str | None
    reason: str
    on_behalf: bool  # 代提
    asked_at: str
    asked_by: str
    status: str  # open | decided | withdrawn
    decision: str | None  # granted 同意 | refused 不同意
    answer: str
    decided_at: str | None
    decided_by: str | None
    effect: EffectAnswer | None  # of an open request, when it is asked for alone


class RequestList(TypedDict):
    """Requests, the open ones first."""

    items: list[RequestAnswer]


def requests(rows: Sequence[RequestRow]) -> RequestList:
    """This function will answer a list of requests."""
    return {"items": [request(row) for row in rows]}


def request(row: RequestRow, effect: Effect | None = None) -> RequestAnswer:
    """This function will answer a request, with what a grant would change."""
    return {
        "id": row.id,
        "plan": row.plan_code,
        "unit": row.unit_code,
        "unit_name": row.unit_name,
        "kind": row.kind.value,
        "scope": row.scope.value,
        "target": row.target_code,
        "round": row.round_code,
        "until": row.until.isoformat() if row.until else None,
        "reason": row.reason,
        "on_behalf": row.on_behalf,
        "asked_at": instant(row.asked_at),
        "asked_by": row.asked_name,
        "status": row.status.value,
        "decision": row.decision.value if row.decision else None,
        "answer": row.answer,
        "decided_at": instant(row.decided_at) if row.decided_at else None,
        "decided_by": row.decided_name or None,
        "effect": _effect(effect) if effect else None,
    }


def _effect(effect: Effect) -> EffectAnswer:
    return {
        "items": [_item(item) for item in effect.items],
        "units": effect.units,
        "late": effect.late_before,
        "late_then": effect.late_after,
        "quota": _quota(effect.quota) if effect.quota else None,
        "seal": effect.seal,
    }


def _item(item: ItemEffect) -> ItemEffectAnswer:
    return {
        "unit": item.unit_code,
        "target": item.target_code,
        "round": item.round_code,
        "first_due": item.first_due.isoformat(),
        "due_date": item.due.isoformat(),
        "then": item.then.isoformat() if item.then else None,
        "is_reported": item.is_reported,
        "is_late": item.is_late,
        "is_late_then": item.is_late_then,
    }


def _quota(quota: QuotaEffect) -> QuotaEffectAnswer:
    return {
        "holder": quota.holder_code,
        "target": quota.target_code,
        "quota": format_scaled(quota.held, quota.decimals),
        "unfulfilled": format_scaled(quota.before, quota.decimals),
        "unfulfilled_then": format_scaled(quota.after, quota.decimals),
        "display_unit": quota.display_unit,
    }
