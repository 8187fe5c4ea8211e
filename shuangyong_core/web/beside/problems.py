"""The routes of 需协调事项: the list and its form, one problem and its acts."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.raise_problem import Raised
from shuangyong_core.supervision.queries.problems import get_problem, list_problems
from shuangyong_core.web.beside.shown_problems import above_of, history_of, shown
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page, plan_in_view
from shuangyong_core.web.pages.beside_view import ProblemsView, ProblemView
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = Notice("已登记。", "", "o", "circle-check")


@router.get("/problems")
def problems_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will list the problems of one's units and of those below."""
    return _list(desk)


@router.post("/problems")
def raise_one(form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will raise a problem; pressed twice it is one."""
    typed = [str(form.get(name, "")).strip() for name in ("title", "text", "wished_by")]
    try:
        with desk.reading() as session:
            plan = plan_in_view(session, desk)
        day = parse_date(typed[2], field="希望哪天前答复").day if typed[2] else None
        raised = Raised(typed[0], typed[1], day, plan=plan.code if plan else None)
        key = str(form.get("key", "")) or None
        with desk.writing() as session:
            name = actions.raise_problem(session, raised, key=key, actor=desk.actor, at=desk.at)
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        return _list(desk, typed=typed, errors=refused.sentences)
    return RedirectResponse(f"/problems/{name}?done=1", 303)


@router.get("/problems/{number}")
def show(number: str, done: bool = False, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show one problem."""
    return _show(desk, number, notices=(DONE,) if done else ())


@router.post("/problems/{number}")
def act(number: str, form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will do what the button says, or show the page again with what is wrong."""
    said = str(form.get("said", "")).strip()
    who: dict[str, Any] = {"actor": desk.actor, "at": desk.at}
    try:
        with desk.writing() as session:
            match form.get("act"):
                case "answer":
                    actions.answer_problem(session, number, text=said, **who)
                case "pass_up":
                    actions.pass_up(session, number, reason=said, **who)
                case "reopen":
                    actions.reopen_problem(session, number, reason=said, **who)
                case "close":
                    actions.close_problem(session, number, **who)
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        return _show(desk, number, errors=refused.sentences)
    return RedirectResponse(f"/problems/{number}?done=1", 303)


def _list(desk: Desk, *, typed: list[str] | None = None, errors: tuple[str, ...] = ()) -> Response:
    with desk.reading() as session:
        view = _view(session, desk, typed or ["", "", ""], errors)
        values = {"view": view, "page": page(session, desk, "todo")}
    return HTMLResponse(render("problems.html", values), 422 if errors else 200)


def _view(session: Session, desk: Desk, typed: list[str], errors: tuple[str, ...]) -> ProblemsView:
    above = above_of(session, desk)
    return ProblemsView(
        rows=tuple(shown(row, desk.today) for row in list_problems(session, actor=desk.actor)),
        may_raise=bool(above), above=above, typed_title=typed[0], typed_text=typed[1],
        typed_date=typed[2], key=secrets.token_urlsafe(12),
        is_open=bool(errors), errors=errors,
    )  # fmt: skip


def _show(
    desk: Desk, number: str, *, notices: tuple[Notice, ...] = (), errors: tuple[str, ...] = ()
) -> Response:
    with desk.reading() as session:
        row = get_problem(session, number, actor=desk.actor)
        view = ProblemView(shown(row, desk.today), history_of(session, row), errors)
        values = {"view": view, "page": page(session, desk, "todo", notices=notices)}
    return HTMLResponse(render("problem.html", values), 422 if errors else 200)
