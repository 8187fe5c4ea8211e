"""The routes of 进度: the page, its freshness, and the table of lights."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.marks.queries import count_pending
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.progress.asked import look
from shuangyong_core.web.progress.page import progress_view
from shuangyong_core.web.rendering import render

router = APIRouter()
FRESH = "/progress/fresh"


@router.get("/progress")
def progress_page(
    unit: str = "",
    round: str = "",
    by: str = "",
    seen: Annotated[str, Query(alias="as")] = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show how far a unit and all below it are."""
    with desk.reading() as session:
        asked = look(session, desk, unit=unit, round=round, by=by)
        view = progress_view(session, asked, desk.actor, seen=seen)
        view = replace(view, is_pending=count_pending(session) > 0)
        frame = replace(page(session, desk, "progress"), fresh_href=FRESH)
    return HTMLResponse(render("progress.html", {"view": view, "page": frame}))


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
