"""What is known of plans: heads, rounds, targets, indicators, trees and who may reach whom."""

from shuangyong_core.plans.queries.authority import (
    NotAllowed,
    OutOfReach,
    may_reach,
    require_reach,
    subtree_of,
    units_in_reach,
)
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.queries.plan import (
    PlanNotFound,
    RoundRow,
    TargetRow,
    get_plan,
    get_round,
    get_target,
    latest_version,
    list_done_by,
    list_plans,
    list_rounds,
    list_targets,
)
from shuangyong_core.plans.queries.tree import (
    NodeRow,
    NotInPlan,
    children_of,
    get_node,
    line_above,
)

__all__ = [
    "NodeRow",
    "NotAllowed",
    "NotInPlan",
    "OutOfReach",
    "PlanNotFound",
    "RoundRow",
    "TargetRow",
    "children_of",
    "get_indicators",
    "get_node",
    "get_plan",
    "get_round",
    "get_target",
    "get_unit_list",
    "latest_version",
    "line_above",
    "list_done_by",
    "list_plans",
    "list_rounds",
    "list_targets",
    "may_reach",
    "require_reach",
    "subtree_of",
    "units_in_reach",
]
