"""The routes of 报送反馈: the page back after a round, on screen and as a file."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.documents.back import back_paper, back_sheets
from shuangyong_core.documents.filing import Format
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.queries import (
    RoundRow,
    children_of,
    get_round,
    line_above,
    subtree_of,
    units_in_reach,
)
from shuangyong_core.reports.queries.year_pages import count_pages
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.back_view import BackView
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.papers.files import as_file, links_to, require_few
from shuangyong_core.web.rendering import render
from shuangyong_core.web.sight import Sight, desk_at, see

router = APIRouter()


@router.get("/back/{plan}/{unit}/{round}")
def back_page(address: Address = Depends(), desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what comes back to a unit after a round; NotYetDue before."""
    with desk.reading() as session:
        sight = see(session, desk, plan=address.plan, unit=address.unit)
        round_ = get_round(session, sight.plan.id, address.round)
        view = _view(session, desk, sight, round_)
        frame = page(session, desk_at(desk, address.plan), "fill")
    return HTMLResponse(render("back_page.html", {"view": view, "page": frame}))


@router.get("/back/{plan}/{unit}/{round}/paper")
def back_file(
    address: Address = Depends(),
    format: Format = Format.PDF,
    below: bool = False,
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will give the page as a file, with one for each unit below when asked."""
    with desk.reading() as session:
        sight = see(session, desk, plan=address.plan, unit=address.unit)
        plan, unit = sight.plan, sight.node.unit
        round_ = get_round(session, plan.id, address.round)
        units = subtree_of(plan.id, unit) if below else [unit]
        require_few(count_pages(session, plan.id, units, round=round_.id), format)
        sheets = back_sheets(session, plan, round_, units, today=desk.today)
    if not sheets:
        raise NotFound
    name = f"{sight.node.name}{plan.year}年{round_.title}报送反馈"
    return as_file(back_paper(sheets, format=format, name=name))


def _view(session: Session, desk: Desk, sight: Sight, round_: RoundRow) -> BackView:
    plan, node = sight.plan, sight.node
    sheets = back_sheets(session, plan, round_, [node.unit], today=desk.today)
    here = f"/back/{plan.code}/{node.code}/{round_.code}"
    below = subtree_of(plan.id, node.unit)
    is_inner = bool(children_of(session, plan.id, node.unit))
    pages = count_pages(session, plan.id, below, round=round_.id) if is_inner else 0
    reached = frozenset(session.scalars(units_in_reach(plan.id, desk.actor)))
    above = [each for each in line_above(session, plan.id, node.unit) if each.unit in reached]
    tells = plan.issuer == node.unit and plan.issuer in desk.actor.units_with(Role.ISSUER)
    return BackView(
        unit=node.name,
        plan=plan.title,
        sheet=sheets[0] if sheets else None,
        files=links_to(here) if sheets else (),
        below=pages,
        below_files=links_to(here, pages=pages) if pages else (),
        path=tuple(
            Link(each.name, f"/back/{plan.code}/{each.code}/{round_.code}")
            for each in above if each.unit != node.unit
        ),
        use_href=f"/use/{plan.code}/{node.code}" if tells else "",
    )  # fmt: skip
