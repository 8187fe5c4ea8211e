"""What can change about a plan: it is imported, its tree is frozen, its dates are recomputed."""

from shuangyong_core.plans.actions.freeze_edition import freeze_edition
from shuangyong_core.plans.actions.import_plan import PlanLaunched, PlanStands, import_plan
from shuangyong_core.plans.actions.move_plan import move_plan
from shuangyong_core.plans.actions.recompute_dates import recompute_dates

__all__ = [
    "PlanLaunched",
    "PlanStands",
    "freeze_edition",
    "import_plan",
    "move_plan",
    "recompute_dates",
]
