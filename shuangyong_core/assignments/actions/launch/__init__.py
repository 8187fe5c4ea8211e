"""Sending a plan down the tree: prepare, one cascade per branch, finish; all safe to repeat."""

from shuangyong_core.assignments.actions.launch.cascade import cascade_branch
from shuangyong_core.assignments.actions.launch.finish import Incomplete, finish_launch
from shuangyong_core.assignments.actions.launch.pending import list_pending
from shuangyong_core.assignments.actions.launch.prepare import (
    GoalsUnshareable,
    NotLaunchable,
    UnknownTargets,
    prepare_launch,
)
from shuangyong_core.assignments.actions.launch.reasons import ReasonNeeded, state_reason

__all__ = [
    "GoalsUnshareable",
    "Incomplete",
    "NotLaunchable",
    "ReasonNeeded",
    "UnknownTargets",
    "cascade_branch",
    "finish_launch",
    "list_pending",
    "prepare_launch",
    "state_reason",
]
