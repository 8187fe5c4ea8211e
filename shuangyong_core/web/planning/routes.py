"""The routes of plans: the list, the five steps of a draft, one target, the launch."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.plans.actions import change_draft
from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.refusal_view import RefusalView
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.planning.booked import book_of
from shuangyong_core.web.planning.one_target_typed import change_target
from shuangyong_core.web.planning.opened import Opened, open_plan
from shuangyong_core.web.planning.reading import read_back
from shuangyong_core.web.planning.saying import notices_of
from shuangyong_core.web.planning.sending import go_on, seen_version, send_down, wish_of
from shuangyong_core.web.planning.showing import STEPS, Asked, plan_view
from shuangyong_core.web.planning.starting import issuers_of, plans_view, start
from shuangyong_core.web.refusing import answer, status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/plans")
def plans_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will list the plans an issuer has, and the ways to begin another."""
    return _list(desk)


@router.post("/plans")
def begin(desk: Desk = Depends(signed_in), form: FormData = Depends(posted)) -> Response:
    """This function will begin a draft and open it."""
    issuers_of(desk)
    try:
        with desk.writing() as session:
            begun = start(session, desk, form)
    except Refused as refused:
        return _list(desk, refused)
    asked = urlencode({"said": "started", "moved": "、".join(begun.moved)})
    return RedirectResponse(f"/plans/{begun.draft.code}/basis?{asked}", 303)


@router.get("/plans/{plan}/book")
def book(plan: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will give the draft as a workbook, the rest of the catalogue to tick."""
    with desk.reading() as session:
        data = book_of(open_plan(session, desk, plan))
    named = f"attachment; filename*=UTF-8''{quote(plan)}.xlsx"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": named})


@router.get("/plans/{plan}/{step}")
def step_page(
    request: Request, plan: str, step: str, said: str = "", desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show a step of a draft with its check."""
    asked = Asked(step, query=request.query_params)
    return _shown(desk, plan, asked, said=said)


@router.get("/plans/{plan}/targets/{code}")
def target_page(plan: str, code: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show all of one target; `new` is one of the office's own."""
    return _shown(desk, plan, Asked("targets", target=code))


@router.post("/plans/{plan}/targets/{code}")
def save_target(
    request: Request,
    plan: str,
    code: str,
    desk: Desk = Depends(signed_in),
    form: FormData = Depends(posted),
) -> Response:
    """This function will keep one target as it was typed."""

    def read(opened: Opened) -> tuple[Change, str]:
        change = change_target(opened, code, form)
        return change, f"targets/{change.detail['target']}"

    return _save(request, desk, plan, form, read, Asked("targets", target=code))


@router.post("/plans/{plan}/launch")
def launch(
    request: Request, plan: str, desk: Desk = Depends(signed_in), form: FormData = Depends(posted)
) -> Response:
    """This function will ask once, then send down what was ticked."""
    act = str(form.get("act", ""))
    try:
        if act == "launch":
            taken = send_down(desk, plan, form)
        elif act == "resume":
            taken = go_on(desk, plan)
        else:
            return _shown(desk, plan, Asked("launch", wish=wish_of(form, asks=True)))
    except Conflict as conflict:
        return _moved(request, conflict, f"/plans/{plan}/launch")
    except Refused as refused:
        return _shown(desk, plan, Asked("launch", wish=wish_of(form)), refused=refused)
    return RedirectResponse(f"/plans/{plan}/launch?said={'going' if taken else 'down'}", 303)


@router.post("/plans/{plan}/{step}")
def save_step(
    request: Request,
    plan: str,
    step: str,
    desk: Desk = Depends(signed_in),
    form: FormData = Depends(posted),
) -> Response:
    """This function will keep what was typed, right or wrong, and show the check anew."""

    def read(opened: Opened) -> tuple[Change, str]:
        return read_back(opened, step, form)

    return _save(request, desk, plan, form, read, Asked(step if step in STEPS else "targets"))


def _save(
    request: Request,
    desk: Desk,
    plan: str,
    form: FormData,
    read: Callable[[Opened], tuple[Change, str]],
    again: Asked,
) -> Response:
    try:
        with desk.writing() as session:
            opened = open_plan(session, desk, plan)
            change, onward = read(opened)
            change_draft(
                session,
                opened.draft,
                change,
                version=seen_version(form),
                actor=desk.actor,
                at=desk.at,
            )
    except Conflict as conflict:
        return _moved(request, conflict, request.url.path)
    except Refused as refused:
        if isinstance(refused, NotFound) or "json" in request.headers.get("accept", ""):
            raise
        return _shown(desk, plan, again, refused=refused)
    return RedirectResponse(f"/plans/{plan}/{onward}", 303)


def _list(desk: Desk, refused: Refused | None = None) -> Response:
    with desk.reading() as session:
        view = plans_view(session, desk, errors=refused.lines if refused else ())
        values = {"view": view, "page": page(session, desk, "")}
    return HTMLResponse(render("plans.html", values), status_of(refused) if refused else 200)


def _shown(
    desk: Desk, plan: str, asked: Asked, *, said: str = "", refused: Refused | None = None
) -> Response:
    with desk.reading() as session:
        opened = open_plan(session, desk, plan)
        view = plan_view(session, opened, asked, today=desk.today, refused=refused)
        notices = () if refused else notices_of(opened, said, asked.query.get("moved", ""))
        values = {"view": view, "page": page(session, desk, "", notices=notices)}
    return HTMLResponse(render("plan.html", values), status_of(refused) if refused else 200)


def _moved(request: Request, conflict: Conflict, here: str) -> Response:
    links = (Link("看新的内容", here), Link("回计划", "/plans"))
    return answer(request, RefusalView(409, str(conflict), links=links))
