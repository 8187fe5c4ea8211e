"""The route of 填报负担: what the plan costs those who fill it in, for the issuer."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.assignments.queries.burden import KindLoad, PlanBurden, plan_burden
from shuangyong_core.plans.models import Plan
from shuangyong_core.web.charts import bar
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.burden_view import BurdenView, KindRow, UnitRow
from shuangyong_core.web.papers.use import issued_by
from shuangyong_core.web.planning.panel import ROOM, columns_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.sight import desk_at

router = APIRouter()


@router.get("/burden/{plan}/{unit}")
def burden_page(plan: str, unit: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show how often and how much each kind of unit reports."""
    with desk.reading() as session:
        found = issued_by(session, desk, plan, unit)
        view = _view(found, plan_burden(session, found))
        frame = page(session, desk_at(desk, plan), "progress")
    return HTMLResponse(render("burden.html", {"view": view, "page": frame}))


def _view(plan: Plan, found: PlanBurden) -> BurdenView:
    busiest = found.busiest
    told = (
        f"“{busiest.title}”报送，{busiest.units:,} 个单位报 {busiest.numbers:,} 个数"
        if busiest
        else ""
    )
    return BurdenView(
        plan=plan.title,
        limit=found.max_rounds,
        kinds=tuple(_kind(one, found.max_rounds) for one in found.kinds),
        total=found.total,
        columns=columns_of({one.code: one.numbers for one in found.rounds}),
        busiest=told,
        units=tuple(
            UnitRow(one.name, f"/year/{plan.code}/{one.code}", one.rounds, one.numbers)
            for one in found.heaviest
        ),
    )


def _kind(one: KindLoad, limit: int) -> KindRow:
    whole = max(round(limit * ROOM), one.rounds, 1)
    label = f"{one.name}一年 {one.rounds} 次，上限 {limit} 次"
    drawn = bar(one.rounds, whole, label=label, planned=limit)
    numbers = (one.units, one.rounds, one.numbers, one.minutes, one.total)
    return KindRow(one.name, *numbers, bar=drawn, is_over=one.rounds > limit)
