"""What waits for the caller's unit."""

from __future__ import annotations

from fastapi import APIRouter

from shuangyong_core import db
from shuangyong_core.answers.todo import TodoList
from shuangyong_core.answers.waiting import waiting
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route

router = APIRouter(route_class=Route, tags=["todo"])


@router.get("/todo")
def show_todo(call: Made) -> TodoList:
    """本单位待办：要填报的、要修改的、要审核的、要确认分解的、有异议的、等决定的申请，能配合的。"""
    with db.read(call.engine) as session:
        return waiting(session, actor=call.actor, at=call.at)
