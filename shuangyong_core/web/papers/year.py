"""The routes of 本单位今年要报什么, and the link of a unit that its code leads to."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from shuangyong_core.documents.filing import Format
from shuangyong_core.documents.year import year_paper, year_sheets
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import (
    children_of,
    line_above,
    list_rounds,
    subtree_of,
    units_in_reach,
)
from shuangyong_core.reports.queries.supports import list_supports
from shuangyong_core.reports.queries.year_pages import count_pages
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import home_of, page, plan_in_view
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.pages.year_view import YearView
from shuangyong_core.web.papers.files import as_file, links_to, require_few
from shuangyong_core.web.rendering import render
from shuangyong_core.web.sight import Sight, desk_at, see

router = APIRouter()


@router.get("/u/{unit}")
def unit_link_page(unit: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will lead to a unit's 填报; raises NotFound for all that is not the user's."""
    with desk.reading() as session:
        plan = plan_in_view(session, desk)
        if plan is None:
            raise NotFound
        see(session, desk, plan=plan.code, unit=unit)
    return RedirectResponse(f"/rounds?{urlencode({'unit': unit})}", 303)


@router.get("/year")
def own_year(desk: Desk = Depends(signed_in)) -> Response:
    """This function will lead to the page of the user's own unit; raises NotFound."""
    with desk.reading() as session:
        home, plan = home_of(session, desk), plan_in_view(session, desk)
    if home is None or plan is None:
        raise NotFound
    return RedirectResponse(f"/year/{plan.code}/{home.code}", 303)


@router.get("/year/{plan}/{unit}")
def year_page(plan: str, unit: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what a unit reports this year, as it is printed."""
    with desk.reading() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        view = _view(session, desk, sight)
        frame = page(session, desk_at(desk, plan), "fill")
    return HTMLResponse(render("year_page.html", {"view": view, "page": frame}))


@router.get("/year/{plan}/{unit}/paper")
def year_file(
    plan: str,
    unit: str,
    format: Format = Format.PDF,
    below: bool = False,
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will give the page as a file, with one for each unit below when asked."""
    with desk.reading() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        units = subtree_of(sight.plan.id, sight.node.unit) if below else [sight.node.unit]
        require_few(count_pages(session, sight.plan.id, units), format)
        home, today = desk.settings.home, desk.today
        sheets = year_sheets(session, sight.plan, units, home=home, today=today)
    if not sheets:
        raise NotFound
    name = f"{sight.node.name}{sight.plan.year}年要报什么"
    return as_file(year_paper(sheets, format=format, name=name))


def _view(session: Session, desk: Desk, sight: Sight) -> YearView:
    plan, node = sight.plan, sight.node
    home, today = desk.settings.home, desk.today
    sheets = year_sheets(session, plan, [node.unit], home=home, today=today)
    here = f"/year/{plan.code}/{node.code}"
    children = children_of(session, plan.id, node.unit)
    below = count_pages(session, plan.id, subtree_of(plan.id, node.unit)) if children else 0
    reached = frozenset(session.scalars(units_in_reach(plan.id, desk.actor)))
    above = line_above(session, plan.id, node.unit)[:-1]
    return YearView(
        unit=node.name,
        plan=plan.title,
        sheet=sheets[0] if sheets else None,
        files=links_to(here) if sheets else (),
        backs=_backs(session, plan, node.code, today),
        supports=_supports(session, plan, node.unit, node.code),
        below=below,
        below_files=links_to(here, pages=below) if below else (),
        children=tuple(Link(each.name, f"/year/{plan.code}/{each.code}") for each in children),
        path=tuple(
            Link(each.name, f"/year/{plan.code}/{each.code}")
            for each in above if each.unit in reached
        ),
    )  # fmt: skip


def _supports(session: Session, plan: Plan, unit: int, code: str) -> tuple[Link, ...]:
    """What the unit supports: it reports no number of it."""
    return tuple(
        Link(f"{one.target.title}（牵头：{one.lead.name}）", f"/support/{plan.code}/{code}")
        for one in list_supports(session, plan, unit=unit)
    )


def _backs(session: Session, plan: Plan, unit: str, today: date) -> tuple[Link, ...]:
    """The rounds that are due already: each has a page back."""
    return tuple(
        Link(f"{each.title}报送反馈", f"/back/{plan.code}/{unit}/{each.code}")
        for each in list_rounds(session, plan.id)
        if each.due_date < today
    )
