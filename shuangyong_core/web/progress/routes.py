"""The routes of 进度: the page, its freshness, and the table of lights."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.marks.queries import count_pending
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.progress.asked import look
from shuangyong_core.web.progress.page import progress_view
from shuangyong_core.web.progress.past import NO_SUCH_DAY, past_day, past_view
from shuangyong_core.web.rendering import render

router = APIRouter()
FRESH = "/progress/fresh"


@router.get("/progress")
def progress_page(
    unit: str = "",
    round: str = "",
    by: str = "",
    seen: Annotated[str, Query(alias="as")] = "",
    at: str = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show how far a unit and all below it are, or were on a day."""
    try:
        day = past_day(desk, at)
        view = past_view(desk, day, unit=unit, round=round, by=by) if day else None
        refused = ""
    except NO_SUCH_DAY as error:
        view, refused = None, str(error)
    with desk.reading() as session:
        if view is None:
            asked = look(session, desk, unit=unit, round=round, by=by)
            view = progress_view(session, asked, desk.actor, seen=seen)
            view = replace(view, is_pending=count_pending(session) > 0)
        notices = (_told(refused),) if refused else ()
        frame = replace(page(session, desk, "progress", notices=notices), fresh_href=FRESH)
    html = render("progress.html", {"view": view, "page": frame})
    return HTMLResponse(html, 422 if refused else 200)


def _told(refused: str) -> Notice:
    return Notice(f"{refused}下面是现在的数字。", kind="e", icon="alert-circle")


@router.get(FRESH)
def freshness(desk: Desk = Depends(signed_in)) -> Response:
    """This function will say whether sums are still being put together."""
    with desk.reading() as session:
        is_pending = count_pending(session) > 0
    values = {"view": {"is_pending": is_pending}, "page": {"fresh_href": FRESH}}
    return HTMLResponse(render("fresh.html", values))


@router.get("/lights")
def lights_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will explain the lights: one table for the whole product."""
    with desk.reading() as session:
        frame = page(session, desk, "progress")
    return HTMLResponse(render("lights.html", {"page": frame, "view": None}))
