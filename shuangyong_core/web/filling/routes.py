"""The routes of filling in: a unit's rounds, the form, its drafts, and the report sent from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.accounts.actor import Role
from shuangyong_core.assignments.actions.acknowledge import open_assignments
from shuangyong_core.errors import Problem, Refused
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.reports.actions.save_draft import DraftMoved
from shuangyong_core.reports.queries.form import Form, get_form
from shuangyong_core.reports.rules.status import Act
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.filling.keeping import check_typed, keep_draft, keep_typed, send
from shuangyong_core.web.filling.rounds import rounds_view
from shuangyong_core.web.filling.typed import body_of
from shuangyong_core.web.filling.view import Typed, form_view
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import clock_time, render
from shuangyong_core.web.security import posted
from shuangyong_core.web.shown import corrections

router = APIRouter()
FIELDS = {"note": "“说明”或“存放地”"}  # as the form calls them


@router.get("/rounds")
def rounds_page(unit: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will list a unit's rounds of the year."""
    with desk.reading() as session:
        view = rounds_view(session, desk, unit)
        values = {"view": view, "page": page(session, desk, "fill")}
    return HTMLResponse(render("round_list.html", values))


@router.get("/rounds/{plan}/{unit}/{round}")
def form_page(address: Address = Depends(), desk: Desk = Depends(signed_in)) -> Response:
    """This function will show the form, or the report where there is nothing to type."""
    with desk.reading() as session:
        form = get_form(session, *address.codes, actor=desk.actor, at=desk.at)
    if Act.SUBMIT not in form.may:
        return RedirectResponse(address.report, 303)
    _note_opening(desk, form)
    return _show(desk, address)


def _note_opening(desk: Desk, form: Form) -> None:
    # 已收到 is set by the unit's own first opening, which is a GET: docs/decisions/0004 says why
    # this one note may be written there. It repeats harmlessly and nothing waits for it.
    if form.report is not None or form.place.unit not in desk.actor.units_with(Role.REPORTER):
        return
    with desk.writing() as session:
        plan = get_plan(session, form.place.plan_code)
        open_assignments(session, plan, unit=form.place.unit, actor=desk.actor, at=desk.at)


@router.post("/rounds/{plan}/{unit}/{round}/draft")
def save(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will keep what is typed, for the script that saves by itself."""
    with desk.writing() as session:
        saved = keep_draft(session, address, form, desk)
    return JSONResponse({"saved_at": clock_time(saved.saved_at), "version": saved.version})


@router.post("/rounds/{plan}/{unit}/{round}")
def post_form(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will save, ask once, or send: act = draft | submit | confirm."""
    if form.get("act") == "confirm":
        return _send(desk, address, form)
    try:
        keep_typed(desk, address, form)
        if form.get("act") != "submit":
            return RedirectResponse(address.form, 303)
        said = check_typed(desk, address, form)
    except Refused as refused:
        return _show_again(desk, address, form, refused)
    return _show(desk, address, form, asks=True, said=said)


def _send(desk: Desk, address: Address, form: FormData) -> Response:
    try:
        send(desk, address, form)
    except DraftMoved as moved:
        return _show_again(desk, address, form, moved)
    except Refused as refused:
        # The draft is kept before anything is refused.
        keep_typed(desk, address, form)
        return _show_again(desk, address, form, refused)
    return RedirectResponse(f"{address.report}?sent=1", 303)


def _show_again(desk: Desk, address: Address, form: FormData, refused: Refused) -> Response:
    with desk.reading() as session:
        seen = get_form(session, *address.codes, actor=desk.actor, at=desk.at)
    if Act.SUBMIT not in seen.may:
        raise refused
    codes = {item.due.required.code for item in seen.items}
    besides = [_said_besides(one) for one in refused.problems if one.field not in codes]
    if not refused.problems:
        besides = [str(refused)]
    if isinstance(refused, DraftMoved):
        besides.append("这页保留了您填的内容，再存一次就以这页为准。")
    notices = tuple(Notice(text, kind="w", icon="alert-triangle") for text in besides[:2])
    return _show(desk, address, form, refused=refused, notices=notices)


def _said_besides(one: Problem) -> str:
    return str(replace(one, field=FIELDS.get(one.field or "", one.field)))


def _show(
    desk: Desk,
    address: Address,
    form: FormData | None = None,
    *,
    refused: Refused | None = None,
    asks: bool = False,
    notices: tuple[Notice, ...] = (),
    said: Sequence[str] = (),
) -> Response:
    with desk.reading() as session:
        seen = get_form(session, *address.codes, actor=desk.actor, at=desk.at)
        titles = {item.due.required.code: item.due.required.title for item in seen.items}
        notices = (*notices, *corrections(said, titles))
        body = body_of(form, [item.due.required for item in seen.items]) if form else None
        typed = Typed(body, refused.problems if refused else (), asks)
        view = form_view(session, seen, address, desk, typed)
        values = {"view": view, "page": page(session, desk, "fill", notices=notices)}
    return HTMLResponse(render("form.html", values), status_of(refused) if refused else 200)
