"""The routes of amendments: begin a draft of a running plan, look at what it changes, do it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.amendments.actions import amend_plan
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.plans.actions.amending_drafts import begin_amending, stop_amending
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.web.amending.opened import Said, amend_view, wanted_of
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = Notice("各单位随即看到新的数；要重新确认的在待办里。", "已调整。", "o", "circle-check")


@router.get("/plans/{plan}/amend")
def amend_page(plan: str, said: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what the draft would change, and the versions of the plan."""
    return _shown(desk, plan, Said(), notices=(DONE,) if said == "done" else ())


@router.post("/plans/{plan}/amend")
def amend(
    request: Request, plan: str, desk: Desk = Depends(signed_in), form: FormData = Depends(posted)
) -> Response:
    """This function will begin, look again, ask once, or amend."""
    act, said = str(form.get("act", "")), Said.of(form)
    try:
        if act == "begin":
            with desk.writing() as session:
                found = require_issuer(session, plan, actor=desk.actor)
                begin_amending(session, found, actor=desk.actor, at=desk.at)
            return RedirectResponse(f"/plans/{quote(plan)}/targets", 303)
        if act == "stop":
            with desk.writing() as session:
                found = require_issuer(session, plan, actor=desk.actor)
                stop_amending(session, found, actor=desk.actor, at=desk.at)
            return RedirectResponse(f"/plans/{quote(plan)}/amend", 303)
        if act == "apply":
            with desk.writing() as session:
                found = require_issuer(session, plan, actor=desk.actor)
                wanted = wanted_of(session, desk, found, said)
                amend_plan(session, found, wanted, seal=said.seal, actor=desk.actor, at=desk.at)
            return RedirectResponse(f"/plans/{quote(plan)}/amend?said=done", 303)
    except Conflict as conflict:
        return _shown(desk, plan, said, refused=conflict)
    except Refused as refused:
        return _shown(desk, plan, said, refused=refused)
    return _shown(desk, plan, said, asks=act == "ask")


def _shown(
    desk: Desk,
    plan: str,
    said: Said,
    *,
    asks: bool = False,
    refused: Refused | None = None,
    notices: tuple[Notice, ...] = (),
) -> Response:
    # A preview is worked out to its last row and taken back, so it needs to write.
    with desk.writing() as session:
        view = amend_view(session, desk, plan, said, asks=asks, refused=refused)
        values = {"view": view, "page": page(session, desk, "", notices=notices)}
    return HTMLResponse(render("amend.html", values), status_of(refused) if refused else 200)
