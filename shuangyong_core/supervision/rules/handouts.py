"""How a hand-out (交办事项) moves: one table for the whole, one for each unit it went to."""

from __future__ import annotations

from enum import StrEnum


class HandoutStatus(StrEnum):
    """Where the hand-out as a whole stands."""

    OPEN = "open"  # 办理中
    CLOSED = "closed"  # 已全部销号
    CANCELLED = "cancelled"  # 已撤销


class HandoutAct(StrEnum):
    """What moves the whole."""

    CLOSE = "close"  # the last unit is struck off
    CANCEL = "cancel"  # 撤销交办


NEXT_HANDOUT_STATUS: dict[tuple[HandoutStatus, HandoutAct], HandoutStatus] = {
    (HandoutStatus.OPEN, HandoutAct.CLOSE): HandoutStatus.CLOSED,
    (HandoutStatus.OPEN, HandoutAct.CANCEL): HandoutStatus.CANCELLED,
}

HANDOUT_WORDS = {
    HandoutStatus.OPEN: "办理中",
    HandoutStatus.CLOSED: "已全部销号",
    HandoutStatus.CANCELLED: "已撤销",
}


class UnitStatus(StrEnum):
    """Where one unit stands with what was handed to it."""

    ISSUED = "issued"  # 待签收
    ACKNOWLEDGED = "acknowledged"  # 已签收
    PASSED_ON = "passed_on"  # 已转办
    REPORTED = "reported"  # 已报办结
    RETURNED = "returned"  # 退回
    CLOSED = "closed"  # 已销号
    WITHDRAWN = "withdrawn"  # 已收回


class UnitAct(StrEnum):
    """What may be done with it."""

    ACKNOWLEDGE = "acknowledge"  # 签收
    PASS_ON = "pass_on"  # 转办
    ANSWER = "answer"  # 报办结
    CLOSE = "close"  # 销号
    RETURN = "return"  # 退回
    WITHDRAW = "withdraw"  # 收回


S, A = UnitStatus, UnitAct
WAITING = (S.ISSUED, S.ACKNOWLEDGED, S.PASSED_ON, S.RETURNED)  # for the unit
OPEN = (*WAITING, S.REPORTED)
ANSWERABLE = (S.ACKNOWLEDGED, S.PASSED_ON, S.RETURNED)

NEXT_UNIT_STATUS: dict[tuple[UnitStatus, UnitAct], UnitStatus] = {
    (S.ISSUED, A.ACKNOWLEDGE): S.ACKNOWLEDGED,
    **{(status, A.PASS_ON): S.PASSED_ON for status in ANSWERABLE},
    **{(status, A.ANSWER): S.REPORTED for status in ANSWERABLE},
    (S.REPORTED, A.CLOSE): S.CLOSED,
    (S.REPORTED, A.RETURN): S.RETURNED,
    **{(status, A.WITHDRAW): S.WITHDRAWN for status in OPEN},
}

UNIT_WORDS = {
    S.ISSUED: "待签收",
    S.ACKNOWLEDGED: "已签收",
    S.PASSED_ON: "已转办",
    S.REPORTED: "已报办结，待销号",
    S.RETURNED: "退回",
    S.CLOSED: "已销号",
    S.WITHDRAWN: "已收回",
}
UNIT_ACT_WORDS = {
    A.ACKNOWLEDGE: "签收",
    A.PASS_ON: "转办",
    A.ANSWER: "报办结",
    A.CLOSE: "销号",
    A.RETURN: "退回",
    A.WITHDRAW: "收回",
}


def next_unit_status(status: UnitStatus, act: UnitAct) -> UnitStatus | None:
    """This function will give the status an act leads to, or nothing if it may not be done."""
    return NEXT_UNIT_STATUS.get((status, act))


def next_handout_status(status: HandoutStatus, act: HandoutAct) -> HandoutStatus | None:
    """This function will give the status an act leads to, or nothing if it may not be done."""
    return NEXT_HANDOUT_STATUS.get((status, act))
