"""What a notice (通知) tells of: the rungs, from what has just happened to what is overdue."""

from __future__ import annotations

from enum import StrEnum


class Rung(StrEnum):
    """Which word to which unit; a later rung is told beside an earlier one, never instead."""

    HANDED_OUT = "handed_out"  # 收到交办
    HANDED_PAST = "handed_past"  # 抄送：交办直达下级
    ANSWERED = "answered"  # 报来办结
    RETURNED = "returned"  # 退回
    STRUCK_OFF = "struck_off"  # 已销号
    WITHDRAWN = "withdrawn"  # 已收回
    RAISED = "raised"  # 报来需协调事项
    SETTLED = "settled"  # 需协调事项已答复


HANDOUT = "handout"  # the subject is a row of handout_unit
PROBLEM = "problem"
REPORT = "report"
RUNG_WORDS = {
    Rung.HANDED_OUT: "收到交办",
    Rung.HANDED_PAST: "抄送",
    Rung.ANSWERED: "报来办结",
    Rung.RETURNED: "退回修改",
    Rung.STRUCK_OFF: "已销号",
    Rung.WITHDRAWN: "已收回",
    Rung.RAISED: "需协调事项",
    Rung.SETTLED: "已答复",
}
