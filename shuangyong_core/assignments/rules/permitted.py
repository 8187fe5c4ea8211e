"""What may be done with an assignment now, and why not the rest: sentences for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM, MAY_SPLIT, HoldStatus

ACKNOWLEDGE = "acknowledge"  # 签收
CONFIRM = "confirm"  # 确认下达
DECOMPOSE = "decompose"  # 调整分解


@dataclass(frozen=True, slots=True)
class Permitted:
    """The acts that are open, and a reason for each that is not."""

    may: tuple[str, ...]
    may_not: Mapping[str, str]


def permitted(
    *,
    automatic: bool,
    hold_status: str | None,
    report_status: str | None,
    has_total: bool,
    manages: bool,
) -> Permitted:
    """This function will say what the actor may do next with an assignment, and why not."""
    reasons: dict[str, str | None] = {
        ACKNOWLEDGE: _why_not_acknowledge(hold_status),
        CONFIRM: _why_not_send_on(hold_status, MAY_CONFIRM),
        DECOMPOSE: _why_not_send_on(hold_status, MAY_SPLIT)
        or (None if has_total else "这项任务不按总数分解，没有可改的分解数。"),
    }
    if automatic:
        reasons = dict.fromkeys(reasons, "这项任务由系统计数，不用办理。")
    elif not manages:
        reasons = dict.fromkeys(reasons, "要由有“管理”权限的人员办理。")
    may = tuple(act for act, reason in reasons.items() if reason is None)
    return Permitted(may, {act: reason for act, reason in reasons.items() if reason})


def _why_not_acknowledge(hold_status: str | None) -> str | None:
    if hold_status is None:
        return "本单位只填报，打开填报表即为已收到，不用签收。"
    return None if hold_status == HoldStatus.ISSUED else "已经签收。"


def _why_not_send_on(hold_status: str | None, open_at: tuple[HoldStatus, ...]) -> str | None:
    if hold_status is None:
        return "本单位没有下级承担这项任务，不用分解下达。"
    return None if hold_status in open_at else "已经确认下达。"
