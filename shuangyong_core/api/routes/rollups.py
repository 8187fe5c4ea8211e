"""The roll-up as a script reads it: what a unit's numbers add up to, and the reports behind one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.answers import rollups as answers
from shuangyong_core.apart import apart
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_round, get_target, units_in_reach
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in
from shuangyong_core.rollups.queries import explain
from shuangyong_core.rollups.queries.seen import show_to
from shuangyong_core.units.models import Tree

router = APIRouter(prefix="/rollups/{plan}/{unit}", route_class=Route, tags=["rollups"])


@router.get("")
def show_rollup(
    call: Made,
    plan: str,
    unit: str,
    round: str | None = None,
    target: str | None = None,
    by: Tree = Tree.RESPONSIBILITY,
    seen: Annotated[Literal["then", "now"], Query(alias="as")] = "then",
    at: Annotated[date | None, Query(description="截至日期，如 2026-06-30")] = None,
) -> answers.RollupAnswer:
    """各项任务的汇总数。写 round 是这一次报送的，不写是全年累计。by=territory 按属地，只有合计。

    组织调整以后，已截止的报送 as=then 按当时的单位，as=now 按现在的单位。
    at=2026-06-30 是截至那一天结束时的数，单位、任务和目标也按那一天。
    """
    with apart(call.engine) if at else db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        lines = show_to(
            session, found, unit, actor=call.actor, today=shanghai_date(call.at),
            target=target, round=_round(session, found, round), tree=by,
            as_then=seen == "then", as_of=at,
        )  # fmt: skip
        return answers.rollup(lines)


@router.get("/{target}/sources")
def show_sources(
    call: Made,
    plan: str,
    unit: str,
    target: str,
    round: str | None = None,
) -> answers.SourceList:
    """一个数后面的报送：谁报的、第几次、谁审核的、附了什么。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        here = get_unit_in(session, found, unit, actor=call.actor)
        explained = explain(
            session, found.id, here, get_target(session, found.id, target).id,
            today=shanghai_date(call.at), round=_round(session, found, round),
            reach=units_in_reach(found.id, call.actor),
        )  # fmt: skip
        return answers.sources(explained.sources)


def _round(session: Session, plan: Plan, code: str | None) -> int | None:
    return None if code is None else get_round(session, plan.id, code).id
