"""What waits for the caller's unit."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Role
from shuangyong_core.answers import todo as answers
from shuangyong_core.api.calls import Call, Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.assignments.queries.requests import list_asked, list_to_decide
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.rules.statuses import MAY_CONFIRM
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries import list_plans
from shuangyong_core.plans.queries.authority import units_directly_below
from shuangyong_core.reports.models import UnitReply
from shuangyong_core.reports.queries import review_queue
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.rules.reply import Reply, stands_for_reply
from shuangyong_core.units.queries import get_card

router = APIRouter(route_class=Route, tags=["todo"])
RUNNING = (PlanStatus.LAUNCHING, PlanStatus.ACTIVE, PlanStatus.CLOSING)


@router.get("/todo")
def show_todo(call: Made) -> answers.TodoList:
    """本单位待办：要填报的、要修改的、要审核的、要确认分解的、有异议的、等决定的申请。"""
    with db.read(call.engine) as session:
        items: list[answers.TodoAnswer] = []
        for plan in list_plans(session):
            if plan.status in RUNNING:
                items += _to_report(session, call, plan)
                items += _to_decompose(session, call, plan)
                items += _objections(session, call, plan)
                items += _requests(session, call, plan)
        items += [
            answers.to_review(line)
            for line in review_queue(session, actor=call.actor).lines
            if not line.is_own
        ]
    return {"items": items}


def _to_report(session: Session, call: Call, plan: Plan) -> Iterator[answers.TodoAnswer]:
    mine = sorted(call.actor.units_with(Role.REPORTER, Role.MANAGER))
    today = shanghai_date(call.at)
    for one in list_standings(session, plan.id, mine):
        if one.is_open(today) or _is_back(one):
            yield answers.to_report(plan.code, one)


def _objections(session: Session, call: Call, plan: Plan) -> Iterator[answers.TodoAnswer]:
    above = set(call.actor.units_with(Role.REVIEWER))
    if plan.issuer in call.actor.units_with(Role.ISSUER):
        above.add(plan.issuer)
    below = units_directly_below(plan.id, sorted(above))
    for one in list_standings(session, plan.id, below, UnitReply.status == Reply.OBJECTED):
        if stands_for_reply(one.status, on_behalf=True):
            yield answers.to_answer(plan.code, one)


def _requests(session: Session, call: Call, plan: Plan) -> Iterator[answers.TodoAnswer]:
    to_decide = list_to_decide(session, plan, actor=call.actor)
    for row in to_decide:
        yield answers.of_request(row, act="decide")
    mine = sorted(call.actor.units_with(Role.REPORTER, Role.MANAGER))
    for row in list_asked(session, plan, units=mine):
        if row not in to_decide:
            yield answers.of_request(row, act="asked")


def _is_back(one: Standing) -> bool:
    return one.status in answers.MENDED


def _to_decompose(session: Session, call: Call, plan: Plan) -> Iterator[answers.TodoAnswer]:
    for unit in sorted(call.actor.units_with(Role.MANAGER, Role.ISSUER)):
        card = get_card(session, unit)
        for split in list_splits(session, plan, unit=unit):
            if split.hold_status in MAY_CONFIRM and split.is_truly_split:
                yield answers.to_decompose(plan.code, card.code, card.name, split)
