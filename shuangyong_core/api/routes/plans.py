"""Plans as a script reads them."""

from __future__ import annotations

from fastapi import APIRouter

from shuangyong_core import db
from shuangyong_core.answers import guards as guard_answers
from shuangyong_core.answers import plans as answers
from shuangyong_core.api.asked import Launch
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.api.starting import Prepared
from shuangyong_core.assignments.actions.launch import prepare_launch, state_reason
from shuangyong_core.assignments.queries.guards import guards
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.queries import list_rounds, list_targets
from shuangyong_core.plans.queries.within import get_place, get_plan_within, require_issuer
from shuangyong_core.units.queries import get_card

router = APIRouter(prefix="/plans/{plan}", route_class=Route, tags=["plans"])


@router.get("")
def show_plan(call: Made, plan: str) -> answers.PlanAnswer:
    """一个年度计划：依据、办理时限、现在的状态。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        issuer = get_card(session, found.issuer)
        return answers.plan(found, issuer=issuer.code)


@router.get("/targets")
def show_targets(call: Made, plan: str) -> answers.TargetList:
    """计划的任务，按表上的顺序。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        return answers.targets(list_targets(session, found.id))


@router.get("/rounds")
def show_rounds(call: Made, plan: str) -> answers.RoundList:
    """计划的各次报送和时限。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        return answers.rounds(list_rounds(session, found.id), today=shanghai_date(call.at))


@router.get("/coverage")
def show_guards(call: Made, plan: str, unit: str | None = None) -> guard_answers.GuardsAnswer:
    """下达核对：分解数超过下达数、提前的时限、没有落实的目标、没有任务或账号的单位。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        here = get_place(session, found, unit, actor=call.actor)
        return guard_answers.guards(guards(session, found, unit=here, at=call.at))


@router.post("/launch", status_code=202)
def launch(call: Made, plan: str, body: Launch | None = None) -> answers.LaunchAnswer:
    """下达计划：先定下单位和任务，再由流程逐个分支下达；可以重复，查 status 看是否下达完。"""
    asked = body or Launch()
    with db.write(call.engine) as session:
        found = require_issuer(session, plan, actor=call.actor)
        fresh = prepare_launch(
            session,
            found,
            targets=asked.targets or None,
            backfill=asked.backfill,
            at=call.at,
            actor=call.actor,
        )
        state_reason(
            session,
            found,
            targets=fresh,
            reason=asked.reason,
            backfill=asked.backfill,
            asks=False,
            actor=call.actor,
            at=call.at,
        )
        codes = [each.code for each in list_targets(session, found.id) if each.id in set(fresh)]
        answer = answers.launched(found, codes)
        prepared = Prepared(found.id, found.code, asked.targets, asked.backfill)
    call.house.start_launch(prepared, call.settings)
    return answer
