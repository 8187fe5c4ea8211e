"""Requests 延期 豁免 暂停 恢复, as a script asks, lists, decides and takes them back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.answers import requests as answers
from shuangyong_core.api.asked import Ask, Decide
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.close_request import withdraw_request
from shuangyong_core.assignments.queries.requests import RequestRow, get_request, list_requests
from shuangyong_core.assignments.rules.requests import Kind, RequestStatus, Wish
from shuangyong_core.completion.actions.decide_request import decide_request
from shuangyong_core.completion.queries.effect import effect_of
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in

router = APIRouter(prefix="/requests", route_class=Route, tags=["requests"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("")
def show_requests(
    call: Made, plan: str, unit: str | None = None, status: RequestStatus | None = None
) -> answers.RequestList:
    """您范围内的申请：提了什么，定了没有；`status=open` 只看还没有定的。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        here = None if unit is None else get_unit_in(session, found, unit, actor=call.actor)
        return answers.requests(
            list_requests(session, found, actor=call.actor, unit=here, status=status)
        )


@router.post("")
def ask(call: Made, body: Ask) -> answers.RequestAnswer:
    """提出申请：延期（一期，可只指一项）、豁免、暂停、恢复；同一件事再提，得到第一次的回答。"""
    until = None if body.until is None else parse_date(body.until, field="until").day
    wish = Wish(Kind(body.kind), body.target, body.round, until, body.reason)
    with db.write(call.engine) as session:
        found = get_plan_within(session, body.plan, actor=call.actor)
        here = get_unit_in(session, found, body.unit, actor=call.actor)
        asked = ask_request(session, found, unit=here, wish=wish, actor=call.actor, at=call.at)
        return _answer(session, call, asked)


@router.get("/{number}")
def show_request(call: Made, number: Number) -> answers.RequestAnswer:
    """一项申请；还没有定的，写明同意后哪些事项改到哪一天、不再要报，未落实数变成多少。"""
    with db.read(call.engine) as session:
        return _answer(session, call, get_request(session, number, actor=call.actor))


@router.post("/{number}/decide")
def decide(call: Made, number: Number, body: Decide) -> answers.RequestAnswer:
    """同意或不同意；带上 `seal`，只有看到的影响没有变才办。不同意要写理由。"""
    with db.write(call.engine) as session:
        decided = decide_request(
            session, number, grant=body.grant, answer=body.reason, seal=body.seal,
            actor=call.actor, at=call.at,
        )  # fmt: skip
        return answers.request(decided)


@router.post("/{number}/withdraw")
def withdraw(call: Made, number: Number) -> answers.RequestAnswer:
    """撤回自己提的、还没有定的申请。"""
    with db.write(call.engine) as session:
        return answers.request(withdraw_request(session, number, actor=call.actor, at=call.at))


def _answer(session: Session, call: Call, asked: RequestRow) -> answers.RequestAnswer:
    if asked.status is not RequestStatus.OPEN:
        return answers.request(asked)
    plan = session.get_one(Plan, asked.plan)
    return answers.request(asked, effect_of(session, plan, asked, at=call.at))
