"""不涉及 for many units at once, with one reason."""

from __future__ import annotations

from fastapi import APIRouter

from shuangyong_core import db
from shuangyong_core.answers import acts as answers
from shuangyong_core.api.asked import NotInvolved
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.reports import actions

router = APIRouter(prefix="/reports/{plan}/{round}", route_class=Route, tags=["reports"])
CHANNEL = "script"


@router.post("/not-involved")
def set_not_involved(call: Made, plan: str, round: str, body: NotInvolved) -> answers.SetAsideList:
    """许多单位一起标为不涉及：全部写入或一个都不写；其余项目已填全的随即报送，没填全的存草稿。"""
    with db.write(call.engine) as session:
        done = actions.set_not_involved(
            session, plan, round, body.units, targets=body.targets, reason=body.reason,
            channel=CHANNEL, policy=call.policy, actor=call.actor, at=call.at,
        )  # fmt: skip
    return answers.set_aside(done)
