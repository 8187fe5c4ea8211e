"""The routes of 交办: the register, one hand-out and its acts, the files of answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.queries import HASH, path_of
from shuangyong_core.evidence.rules import check_name
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.issue import Wanted
from shuangyong_core.supervision.queries.files import open_handout_file
from shuangyong_core.supervision.queries.place import HandoutNotFound, require_answerer_of
from shuangyong_core.web.beside.showing import handout_view, register_view
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page, plan_in_view
from shuangyong_core.web.pages.beside_view import TypedHandout
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = Notice("已登记。", "", "o", "circle-check")
# What a user sent is never run in this site's name.
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'"}
ACTS: dict[str, Callable[..., Any]] = {
    "acknowledge": actions.acknowledge_handout,
    "close": actions.close_handout,
    "return": actions.return_answer,
    "withdraw": actions.withdraw_unit,
}


@router.get("/handouts")
def register(desk: Desk = Depends(signed_in)) -> Response:
    """This function will show the register."""
    return _register(desk)


@router.post("/handouts")
def issue(form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will hand a task out; pressed twice it is one."""
    typed = TypedHandout(_said(form, "title"), _said(form, "text"), _said(form, "due_date"))
    units = tuple(str(each) for each in form.getlist("unit"))
    try:
        due = _due(typed.due_date)
        with desk.reading() as session:
            plan = plan_in_view(session, desk)
        wanted = Wanted(typed.title, typed.text, due, units, plan=plan.code if plan else None)
        is_direct = desk.settings.handouts_direct
        with desk.writing() as session:
            name = actions.issue_handout(
                session, wanted, is_direct=is_direct, key=_said(form, "key") or None,
                actor=desk.actor, at=desk.at,
            )  # fmt: skip
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        return _register(desk, typed=typed, chosen=units, errors=refused.sentences)
    return RedirectResponse(f"/handouts/{name}?done=1", 303)


@router.get("/handouts/{number}")
def show(number: str, done: bool = False, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show one hand-out."""
    return _show(desk, number, notices=(DONE,) if done else ())


@router.post("/handouts/{number}")
def act(number: str, form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will do what the button says, or show the page again with what is wrong."""
    unit, what = _said(form, "unit"), _said(form, "act")
    try:
        _do(desk, number, unit, what, form)
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        typed = {unit: _said(form, "text") or _said(form, "reason")}
        return _show(desk, number, errors=refused.sentences, typed=typed)
    return RedirectResponse(f"/handouts/{number}?done=1", 303)


@router.get("/handouts/{number}/files/{sha256}")
def download(number: str, sha256: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will give a file of an answer."""
    if not HASH.fullmatch(sha256):
        raise HandoutNotFound
    with desk.reading() as session:
        file = open_handout_file(session, number, sha256, actor=desk.actor, today=desk.today)
    path = path_of(desk.settings.files, file.sha256)
    if not path.is_file():
        raise HandoutNotFound
    return FileResponse(path, media_type=file.media_type, filename=file.name, headers=SANDBOX)


def _do(desk: Desk, number: str, unit: str, what: str, form: FormData) -> None:
    said: dict[str, Any] = {"actor": desk.actor, "at": desk.at}
    if what in ("return", "withdraw", "cancel"):
        said["reason"] = _said(form, "reason")
    if what == "answer":
        _lay_file(desk, number, unit, form)
    with desk.writing() as session:
        if what == "cancel":
            actions.cancel_handout(session, number, **said)
        elif what == "answer":
            actions.answer_handout(session, number, unit, text=_said(form, "text"), **said)
        elif what == "pass_on":
            to, due = [str(each) for each in form.getlist("to")], _due(_said(form, "due_date"))
            actions.pass_on(session, number, unit, units=to, due_date=due, **said)
        elif what in ACTS:
            ACTS[what](session, number, unit, **said)


def _lay_file(desk: Desk, number: str, unit: str, form: FormData) -> None:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return
    with desk.reading() as session:
        require_answerer_of(session, number, unit, actor=desk.actor)
    check_name(file.filename)  # before a byte is kept
    most = desk.settings.upload_bytes
    stored = store(file.file.read(most + 1), folder=desk.settings.files, max_bytes=most)
    with desk.writing() as session:
        actions.attach_to_answer(
            session, number, unit, stored=stored, file_name=file.filename, actor=desk.actor,
            at=desk.at,
        )  # fmt: skip


def _due(text: str) -> date:
    return parse_date(text, field="办结时限").day


def _said(form: FormData, name: str) -> str:
    given = form.get(name, "")
    return given.strip() if isinstance(given, str) else ""


def _register(desk: Desk, **typed: Any) -> Response:
    with desk.reading() as session:
        view = register_view(session, desk, **typed)
        values = {"view": view, "page": page(session, desk, "todo")}
    return HTMLResponse(render("handouts.html", values), 422 if view.errors else 200)


def _show(desk: Desk, number: str, *, notices: tuple[Notice, ...] = (), **typed: Any) -> Response:
    with desk.reading() as session:
        view = handout_view(session, desk, number, **typed)
        values = {"view": view, "page": page(session, desk, "todo", notices=notices)}
    return HTMLResponse(render("handout.html", values), 422 if view.errors else 200)
