"""Where a plan may go from where it stands; nothing else moves one."""

from __future__ import annotations

from shuangyong_core.errors import Refused

# The members of models.PlanStatus: rules may not import a room that keeps things.
NEXT_STATUS: dict[str, tuple[str, ...]] = {
    "draft": ("launching",),
    "launching": ("active",),
    "active": ("closing",),
    "closing": ("closed",),
    "closed": ("archived",),
    "archived": (),
}
WORDS = {
    "draft": "草拟",
    "launching": "下达中",
    "active": "执行中",
    "closing": "办结中",
    "closed": "已办结",
    "archived": "已归档",
}


class PlanCannotMove(Refused):
    """A plan is asked to go where it cannot go from here."""

    message = "计划现在是“{now}”，不能转为“{then}”。"
    code = "plan_cannot_move"


def check_move(now: str, then: str) -> None:
    """This function will raise PlanCannotMove unless the table has this move."""
    if then not in NEXT_STATUS.get(now, ()):
        raise PlanCannotMove(now=WORDS.get(now, now), then=WORDS.get(then, then))
