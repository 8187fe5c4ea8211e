"""The two states of an assignment and the only moves there are."""

from __future__ import annotations

from enum import StrEnum


class HoldStatus(StrEnum):
    """Where a holder stands with what it passes on."""

    ISSUED = "issued"  # 已下达
    ACKNOWLEDGED = "acknowledged"  # 已签收
    DECOMPOSED = "decomposed"  # 已分解下达
    DONE = "done"  # 已完成
    CLOSED = "closed"  # 已办结
    SUSPENDED = "suspended"  # 已暂停
    WITHDRAWN = "withdrawn"  # 已收回
    EXEMPT = "exempt"  # 已豁免


class ReportStatus(StrEnum):
    """Where a reporter stands with its own work."""

    ISSUED = "issued"  # 已下达
    ACKNOWLEDGED = "acknowledged"  # 已收到
    IN_PROGRESS = "in_progress"  # 进行中
    DONE = "done"  # 已完成
    CLOSED = "closed"  # 已办结
    SUSPENDED = "suspended"  # 已暂停
    WITHDRAWN = "withdrawn"  # 已收回
    EXEMPT = "exempt"  # 已豁免


H, R = HoldStatus, ReportStatus
HOLD_ASIDE = frozenset({H.SUSPENDED, H.WITHDRAWN, H.EXEMPT})
REPORT_ASIDE = frozenset({R.SUSPENDED, R.WITHDRAWN, R.EXEMPT})

NEXT_HOLD_STATUS: dict[HoldStatus, frozenset[HoldStatus]] = {
    H.ISSUED: HOLD_ASIDE | {H.ACKNOWLEDGED},
    H.ACKNOWLEDGED: HOLD_ASIDE | {H.DECOMPOSED},
    # Back to acknowledged: the superior changed what is held, so the split below is a proposal.
    H.DECOMPOSED: HOLD_ASIDE | {H.ACKNOWLEDGED, H.DONE},
    H.DONE: HOLD_ASIDE | {H.DECOMPOSED, H.CLOSED},
    # A report that goes back for another look opens again what was closed over it.
    H.CLOSED: frozenset({H.DECOMPOSED}),
    H.SUSPENDED: frozenset({H.ACKNOWLEDGED, H.WITHDRAWN, H.EXEMPT}),
    # An amendment takes up again what an earlier one took out.
    H.WITHDRAWN: frozenset({H.ISSUED}),
    H.EXEMPT: frozenset(),
}

NEXT_REPORT_STATUS: dict[ReportStatus, frozenset[ReportStatus]] = {
    R.ISSUED: REPORT_ASIDE | {R.ACKNOWLEDGED},
    R.ACKNOWLEDGED: REPORT_ASIDE | {R.IN_PROGRESS},
    R.IN_PROGRESS: REPORT_ASIDE | {R.DONE},
    R.DONE: REPORT_ASIDE | {R.IN_PROGRESS, R.CLOSED},
    R.CLOSED: frozenset({R.IN_PROGRESS}),
    R.SUSPENDED: frozenset({R.ACKNOWLEDGED, R.WITHDRAWN, R.EXEMPT}),
    R.WITHDRAWN: frozenset({R.ISSUED}),
    R.EXEMPT: frozenset(),
}

MAY_CONFIRM = (H.ISSUED, H.ACKNOWLEDGED)
MAY_SPLIT = (H.ISSUED, H.ACKNOWLEDGED, H.DECOMPOSED)


def status_now(hold: str | None, report: str | None) -> str | None:
    """This function will give where an assignment stands: what is held goes before what is
    reported, unless it was taken back and only the report is left."""
    is_left = hold is not None and not (hold == H.WITHDRAWN and report is not None)
    return hold if is_left else report
