"""The route of 演练全年: what a plan, drafted or sent down, would ask of everybody."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from shuangyong_core.supervision.queries.rehearse import CannotRehearse, rehearse_plan
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.rehearsal_view import RehearsalView
from shuangyong_core.web.rehearsal.showing import blocked_view, rehearsal_view
from shuangyong_core.web.rendering import render

router = APIRouter()


@router.get("/plans/{plan}/rehearsal")
def rehearsal_page(plan: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will run the year and show it; a plan with mistakes says which."""
    with desk.reading() as session:
        view: RehearsalView
        try:
            found = rehearse_plan(session, plan, actor=desk.actor, today=desk.today)
        except CannotRehearse as wrong:
            view = blocked_view(plan, wrong)
        else:
            view = rehearsal_view(found, today=desk.today)
        values = {"view": view, "page": page(session, desk, "")}
    return HTMLResponse(render("rehearsal.html", values))
