"""下达核对: what warns in the splits of a unit and below, each with its reason, for those above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.accounts.queries import looks_after
from shuangyong_core.assignments.queries.excesses import LevelSum
from shuangyong_core.assignments.queries.guards import Guards, guards
from shuangyong_core.guard.numbers import ratio_text
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.guards_view import (
    DateRow,
    ExcessRow,
    GuardsView,
    LackRow,
    LevelCell,
    LevelRow,
    StatedRow,
)
from shuangyong_core.web.rendering import moment, monthday, render
from shuangyong_core.web.sight import Sight, desk_at, see
from shuangyong_core.web.values import grouped

router = APIRouter()
LISTED = 30
EMPTY = LevelCell("", "", "na", "")


@router.get("/guards/{plan}/{unit}")
def guards_page(plan: str, unit: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what the guards say of a unit and all below it."""
    with desk.reading() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        found = guards(session, sight.plan, unit=sight.node.unit, at=desk.at, listed=LISTED)
        frame = page(session, desk_at(desk, plan), "progress")
    mends = "/people" if looks_after(desk.actor) else ""
    view = replace(guards_view(sight, found), people_href=mends)
    return HTMLResponse(render("guards.html", {"view": view, "page": frame}))


def guards_view(sight: Sight, found: Guards) -> GuardsView:
    """This function will make the page from what the guards found."""
    plan, covered = sight.plan, found.coverage
    depths = sorted({one.depth for one in found.levels})
    return GuardsView(
        plan=plan.title,
        unit=sight.node.name,
        limit=f"{plan.inflation_bp / 100:g}%",
        lead=plan.lead_workdays,
        levels=tuple("本级" if one == found.top else f"下 {one - found.top} 级" for one in depths),
        rows=_level_rows(found.levels, depths),
        excesses=_excess_rows(plan.code, found),
        dates=_date_rows(plan.lead_workdays, found),
        units=covered.units,
        unplaced=tuple(
            LackRow(
                one.unit_name,
                f"{one.code} {one.title}",
                f"{grouped(one.unplaced, one.decimals)} {one.display_unit}"
                if one.held
                else "没有单位填报",
                f"/split/{plan.code}/{one.unit}",
            )
            for one in covered.unplaced
        ),
        idle=tuple(LackRow(one.name, _kind(one.kind), "") for one in covered.idle),
        idle_count=covered.idle_count,
        lacking=tuple(
            LackRow(one.name, _kind(one.kind), "没有联络员" if one.has_account else "没有账号")
            for one in covered.lacking
        ),
        lacking_count=covered.lacking_count,
        shortfalls=tuple(str(one) for one in found.shortfalls),
        reasons=tuple(
            StatedRow(moment(one.at), one.who, one.reason or "未写理由", one.found)
            for one in found.reasons
        ),
    )


def _level_rows(levels: Sequence[LevelSum], depths: Sequence[int]) -> tuple[LevelRow, ...]:
    rows: dict[tuple[str, str], dict[int, LevelCell]] = {}
    for one in levels:
        said = f"{one.exceeding} 个单位超过下达数" if one.exceeding else ""
        rows.setdefault((one.code, one.title), {})[one.depth] = LevelCell(
            f"{grouped(one.shared_out, one.decimals)}/{grouped(one.held, one.decimals)}",
            f"{ratio_text(one.shared_out, one.held)}%" if one.held else "—",
            "warn" if one.above_limit or one.shared_out < one.held else "ok",
            said,
        )
    return tuple(
        LevelRow(code, title, tuple(cells.get(depth, EMPTY) for depth in depths))
        for (code, title), cells in rows.items()
    )


def _excess_rows(plan: str, found: Guards) -> tuple[ExcessRow, ...]:
    return tuple(
        ExcessRow(
            one.unit,
            one.code,
            one.title,
            f"{grouped(one.shared_out, one.decimals)}/{grouped(one.held, one.decimals)}",
            f"{ratio_text(one.shared_out, one.held)}%" if one.held else "—",
            one.is_above_limit,
            one.reason,
            f"/split/{plan}/{one.unit_code}",
        )
        for one in found.excesses
    )


def _date_rows(limit: int, found: Guards) -> tuple[DateRow, ...]:
    return tuple(
        DateRow(
            one.holder,
            one.unit,
            one.code,
            one.title,
            f"{one.round} {monthday(one.own_due)} → {monthday(one.due)}",
            str(one.lead),
            one.lead > limit,
            one.reason,
        )
        for one in found.dates
    )


def _kind(kind: str) -> str:
    return WORD_OF_KIND.get(kind, kind)
