"""What can change about a plan: drafted, imported, its tree frozen, its dates recomputed."""

from shuangyong_core.plans.actions.drafts import change_draft, publish_draft, start_draft
from shuangyong_core.plans.actions.freeze_edition import freeze_edition
from shuangyong_core.plans.actions.import_plan import PlanLaunched, PlanStands, import_plan
from shuangyong_core.plans.actions.move_plan import move_plan
from shuangyong_core.plans.actions.recompute_dates import recompute_dates

__all__ = [
    "PlanLaunched",
    "PlanStands",
    "change_draft",
    "freeze_edition",
    "import_plan",
    "move_plan",
    "publish_draft",
    "recompute_dates",
    "start_draft",
]
