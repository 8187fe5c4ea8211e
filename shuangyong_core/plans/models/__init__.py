"""What is kept about a plan, in four files: plan, draft, targets, rounds and nodes."""

from shuangyong_core.plans.models.draft import PlanDraft
from shuangyong_core.plans.models.plan import Edition, Plan, PlanStatus, PlanVersion
from shuangyong_core.plans.models.target import Indicator, Target, TargetReporter, TargetVersion
from shuangyong_core.plans.models.year import (
    LAST_BELOW,
    LEVEL,
    LONGEST_PATH,
    ROUND_WAS,
    Node,
    Round,
)

__all__ = [
    "LAST_BELOW",
    "LEVEL",
    "LONGEST_PATH",
    "ROUND_WAS",
    "Edition",
    "Indicator",
    "Node",
    "Plan",
    "PlanDraft",
    "PlanStatus",
    "PlanVersion",
    "Round",
    "Target",
    "TargetReporter",
    "TargetVersion",
]
