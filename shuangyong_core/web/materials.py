"""The page 创建材料: what reports rest on, by the eight headings of the standard."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import list_rounds
from shuangyong_core.reports.queries.materials import (
    Held,
    Wanted,
    count_materials,
    list_materials,
)
from shuangyong_core.reports.queries.materials import Material as Found
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.filling.typed import PLACE, split_note
from shuangyong_core.web.frame import home_of, page, plan_in_view
from shuangyong_core.web.pages.materials_view import Heading, Material, MaterialsView
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.rendering import render
from shuangyong_core.words import words

router = APIRouter()
ON_A_PAGE = 50
NUMERALS = "一二三四五六七八"


@router.get("/materials")
def materials_page(
    heading: int = 1,
    round: str = "",
    q: str = "",
    number: int = 1,
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will list the files and papers of one heading within reach."""
    if not 1 <= heading <= len(NUMERALS):
        raise NotFound
    with desk.reading() as session:
        plan = plan_in_view(session, desk)
        if plan is None:
            raise NotFound
        wanted = Wanted(plan.id, round, q.strip(), PLACE)
        view = _view(session, desk, plan, wanted, heading=heading, number=max(number, 1))
        values = {"view": view, "page": page(session, desk, "materials")}
    return HTMLResponse(render("materials.html", values))


def _view(
    session: Session, desk: Desk, plan: Plan, wanted: Wanted, *, heading: int, number: int
) -> MaterialsView:
    held = count_materials(session, wanted, actor=desk.actor)
    pages = max(-(-held.by_heading.get(heading, 0) // ON_A_PAGE), 1)
    number = min(number, pages)
    found = list_materials(
        session, wanted, heading=heading, actor=desk.actor,
        limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE,
    )  # fmt: skip
    home = home_of(session, desk)
    return MaterialsView(
        year=plan.year,
        unit=home.name if home else "",
        headings=_headings(plan, wanted, held, heading),
        current=f"{NUMERALS[heading - 1]}、{_title(heading)}",
        rows=tuple(map(_row, found)),
        total=held.total,
        rounds=(
            Choice("", "各次报送", not wanted.round),
            *(
                Choice(each.code, each.title, each.code == wanted.round)
                for each in list_rounds(session, plan.id)
            ),
        ),
        heading=heading,
        search=wanted.text,
        page_number=number,
        pages=pages,
        page_href=f"{_href(plan, wanted, heading)}&number=",
    )


def _headings(plan: Plan, wanted: Wanted, held: Held, current: int) -> tuple[Heading, ...]:
    return tuple(
        Heading(no, _title(no), held.by_heading.get(no, 0), _href(plan, wanted, no), no == current)
        for no in range(1, len(NUMERALS) + 1)
    )


def _title(heading: int) -> str:
    return str(words()["headings"][heading - 1])


def _href(plan: Plan, wanted: Wanted, heading: int) -> str:
    asked = {"plan": plan.code, "heading": heading, "round": wanted.round, "q": wanted.text}
    return "/materials?" + urlencode({key: value for key, value in asked.items() if value})


def _row(found: Found) -> Material:
    place = split_note(found.note)[1]
    is_paper = found.sha256 is None
    return Material(
        title=f"{found.round_title}报送的纸质材料" if is_paper else found.name,
        href="" if is_paper else f"/files/{found.sha256}",
        target_code="、".join(found.targets),
        unit=found.unit,
        form="纸质原件" if is_paper else _form(found.media_type),
        place=place if is_paper else f"系统内，随{found.round_title}报送",
        at=found.at,
    )


def _form(media_type: str) -> str:
    return "照片" if media_type.startswith("image/") else "文件"
