"""Problems raised upward (需协调事项), and the notices of the caller's unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path

from shuangyong_core import db
from shuangyong_core.answers import supervision as answers
from shuangyong_core.answers import supervision_shapes as shapes
from shuangyong_core.api.asked_beside import Answer, Problem, Why
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.raise_problem import Raised
from shuangyong_core.supervision.queries.notices import list_notices
from shuangyong_core.supervision.queries.problems import get_problem, list_problems

router = APIRouter(route_class=Route, tags=["problems"])
NoticeId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/problems")
def show_problems(call: Made, plan: str | None = None) -> shapes.ProblemList:
    """需协调事项：本单位和下级提出的，待协调的在前。"""
    with db.read(call.engine) as session:
        return answers.problems(list_problems(session, actor=call.actor, plan=plan))


@router.post("/problems")
def raise_problem(
    call: Made, body: Problem, idempotency_key: Annotated[str | None, Header()] = None
) -> shapes.ProblemAnswer:
    """提出需协调事项，报给上级。同一个 Idempotency-Key 只登记一次。"""
    raised = Raised(
        title=body.title, text=body.text, wished_by=body.wished_by, plan=body.plan, unit=body.unit
    )
    with db.write(call.engine) as session:
        name = actions.raise_problem(
            session, raised, key=idempotency_key, actor=call.actor, at=call.at
        )
    return _shown(call, name)


@router.get("/problems/{number}")
def show_problem(call: Made, number: str) -> shapes.ProblemAnswer:
    """一件需协调事项。"""
    return _shown(call, number)


@router.post("/problems/{number}/answer")
def answer(call: Made, number: str, body: Answer) -> shapes.ProblemAnswer:
    """答复。"""
    return _act(call, actions.answer_problem, number, text=body.text)


@router.post("/problems/{number}/pass-up")
def pass_up(call: Made, number: str, body: Why | None = None) -> shapes.ProblemAnswer:
    """上报一级。"""
    return _act(call, actions.pass_up, number, reason=(body or Why()).reason)


@router.post("/problems/{number}/reopen")
def reopen(call: Made, number: str, body: Why) -> shapes.ProblemAnswer:
    """答复后仍需协调：写明原因。"""
    return _act(call, actions.reopen_problem, number, reason=body.reason)


@router.post("/problems/{number}/close")
def close(call: Made, number: str) -> shapes.ProblemAnswer:
    """办结：由提出的单位办理。"""
    return _act(call, actions.close_problem, number)


@router.get("/notices")
def show_notices(call: Made, unread: bool = False) -> shapes.NoticeList:
    """本单位的通知，没看过的在前，最近 200 条；`unread`：只列没看过的。"""
    with db.read(call.engine) as session:
        return answers.notices(list_notices(session, actor=call.actor, only_unread=unread))


@router.post("/notices/{notice}/read")
def read(call: Made, notice: NoticeId) -> shapes.NoticeRead:
    """标为已看。"""
    with db.write(call.engine) as session:
        actions.read_notice(session, notice, actor=call.actor, at=call.at)
    return {"id": notice}


def _act(call: Call, act: Callable[..., Any], number: str, **said: Any) -> shapes.ProblemAnswer:
    with db.write(call.engine) as session:
        act(session, number, **said, actor=call.actor, at=call.at)
    return _shown(call, number)


def _shown(call: Call, number: str) -> shapes.ProblemAnswer:
    with db.read(call.engine) as session:
        return answers.problem(get_problem(session, number, actor=call.actor))
