"""Every way a hand-out, a problem or a notice can change; each act a step and an audit entry."""

from shuangyong_core.supervision.actions.answer import answer_handout, attach_to_answer
from shuangyong_core.supervision.actions.answer_problem import (
    answer_problem,
    close_problem,
    pass_up,
    reopen_problem,
)
from shuangyong_core.supervision.actions.decide import close_handout, return_answer
from shuangyong_core.supervision.actions.issue import issue_handout
from shuangyong_core.supervision.actions.notices import read_notice, sweep
from shuangyong_core.supervision.actions.raise_problem import raise_problem
from shuangyong_core.supervision.actions.receive import acknowledge_handout, pass_on
from shuangyong_core.supervision.actions.withdraw import cancel_handout, withdraw_unit

__all__ = [
    "acknowledge_handout",
    "answer_handout",
    "answer_problem",
    "attach_to_answer",
    "cancel_handout",
    "close_handout",
    "close_problem",
    "issue_handout",
    "pass_on",
    "pass_up",
    "raise_problem",
    "read_notice",
    "reopen_problem",
    "return_answer",
    "sweep",
    "withdraw_unit",
]
