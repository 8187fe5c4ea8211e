"""What is kept: registers, hand-outs and who answers them, problems, notices."""

from shuangyong_core.supervision.models.handout import (
    Handout,
    HandoutAnswer,
    HandoutFile,
    HandoutUnit,
    Register,
)
from shuangyong_core.supervision.models.notice import Notice
from shuangyong_core.supervision.models.problem import Problem
from shuangyong_core.supervision.rules.handouts import HandoutStatus, UnitStatus
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.supervision.rules.problems import ProblemStatus

__all__ = [
    "Handout",
    "HandoutAnswer",
    "HandoutFile",
    "HandoutStatus",
    "HandoutUnit",
    "Notice",
    "Problem",
    "ProblemStatus",
    "Register",
    "Rung",
    "UnitStatus",
]
