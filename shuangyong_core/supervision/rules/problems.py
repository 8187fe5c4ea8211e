"""How a problem (需协调事项) moves: raised, answered or passed up, closed by who raised it."""

from __future__ import annotations

from enum import StrEnum


class ProblemStatus(StrEnum):
    """Where a problem stands."""

    OPEN = "open"  # 待协调
    ANSWERED = "answered"  # 已答复
    CLOSED = "closed"  # 已办结


class ProblemAct(StrEnum):
    """What may be done with it."""

    PASS_UP = "pass_up"  # 上报一级
    ANSWER = "answer"  # 答复
    REOPEN = "reopen"  # 仍需协调
    CLOSE = "close"  # 办结


S, A = ProblemStatus, ProblemAct

NEXT_PROBLEM_STATUS: dict[tuple[ProblemStatus, ProblemAct], ProblemStatus] = {
    (S.OPEN, A.PASS_UP): S.OPEN,
    (S.OPEN, A.ANSWER): S.ANSWERED,
    (S.ANSWERED, A.REOPEN): S.OPEN,
    (S.ANSWERED, A.CLOSE): S.CLOSED,
    # It has settled itself.
    (S.OPEN, A.CLOSE): S.CLOSED,
}

PROBLEM_WORDS = {S.OPEN: "待协调", S.ANSWERED: "已答复", S.CLOSED: "已办结"}
PROBLEM_ACT_WORDS = {
    A.PASS_UP: "上报",
    A.ANSWER: "答复",
    A.REOPEN: "仍需协调",
    A.CLOSE: "办结",
}


def next_problem_status(status: ProblemStatus, act: ProblemAct) -> ProblemStatus | None:
    """This function will give the status an act leads to, or nothing if it may not be done."""
    return NEXT_PROBLEM_STATUS.get((status, act))
