"""The routes of 单位与人员: list and search; rename, hand over, reset and open, each asked once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actions import Given
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import get_unit_below, get_user, looks_after
from shuangyong_core.accounts.rules import ONE_TIME_FOR
from shuangyong_core.clock import shanghai_date
from shuangyong_core.documents.links import unit_link
from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.units.queries import UnitNotFound
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.people_view import SlipView
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.people.lines import unit_href
from shuangyong_core.web.people.showing import people_view, unit_page_view
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
RENAMED = Notice("编码不变，过去的材料仍显示原来的名称。", "已改名。", "o", "circle-check")
WHAT = {"hand_over": "换联络员", "reset": "重置口令", "open": "新开账号"}


@router.get("/people")
def people_page(
    unit: str = "", q: str = "", number: int = 1, desk: Desk = Depends(signed_in)
) -> Response:
    """This function will list the units one looks after; without any, lead to one's account."""
    if not looks_after(desk.actor):
        if unit:
            raise UnitNotFound(unit=unit)
        return RedirectResponse("/account", 303)
    with desk.reading() as session:
        view = people_view(session, desk, unit=unit, search=q.strip()[:60], number=number)
        values = {"view": view, "page": page(session, desk, "")}
    return HTMLResponse(render("people.html", values))


@router.get("/people/{unit}")
def unit_page(
    unit: str,
    act: str = "",
    login: str = "",
    done: str = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show one unit, its accounts and its link."""
    notices = (RENAMED,) if done == "renamed" else ()
    return _unit_page(desk, unit, notices=notices, act=act, login=login)


def _unit_page(
    desk: Desk, unit: str, *, notices: tuple[Notice, ...] = (), **asked: object
) -> HTMLResponse:
    with desk.reading() as session:
        found = get_unit_below(session, unit, actor=desk.actor)
        view = unit_page_view(session, desk, found, **asked)  # type: ignore[arg-type]
        values = {"view": view, "page": page(session, desk, "", notices=notices)}
    return HTMLResponse(render("people_unit.html", values), 422 if view.errors else 200)


@router.post("/people/{unit}")
def unit_act(
    unit: str, form: FormData = Depends(posted), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will do what was asked once, or show the page again with what is wrong."""
    act = str(form.get("act", ""))
    acts: dict[str, Callable[[Session, Desk, str, FormData], Given]] = {
        "hand_over": _hand_over,
        "reset": _reset,
        "open": _open,
    }
    with desk.reading() as session:
        name = get_unit_below(session, unit, actor=desk.actor).name
    if act != "rename" and act not in acts:
        return RedirectResponse(unit_href(unit), 303)
    try:
        with desk.writing() as session:
            if act == "rename":
                _rename(session, desk, unit, form)
                return RedirectResponse(f"{unit_href(unit)}?done=renamed", 303)
            given = acts[act](session, desk, unit, form)
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        said = refused.sentences
        return _unit_page(
            desk, unit, act=act, login=_text(form, "login"), typed_name=_text(form, "name"),
            typed_login=_text(form, "new_login"), errors=said,
        )  # fmt: skip
    return _slip(desk, unit, name, given, what=WHAT[act])


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()[:200]


def _seen(form: FormData) -> datetime | None:
    try:
        seen = datetime.fromisoformat(_text(form, "seen"))
    except ValueError:
        return None
    return seen if seen.tzinfo else None


def _rename(session: Session, desk: Desk, unit: str, form: FormData) -> None:
    name, was = _text(form, "name"), _text(form, "was")
    actions.rename_below(session, unit, name=name, seen=was, actor=desk.actor, at=desk.at)


def _hand_over(session: Session, desk: Desk, unit: str, form: FormData) -> Given:
    return actions.hand_over(
        session,
        unit,
        _text(form, "login"),
        new_login=_text(form, "new_login"),
        name=_text(form, "name"),
        seen=_seen(form),
        actor=desk.actor,
        at=desk.at,
    )


def _reset(session: Session, desk: Desk, _unit: str, form: FormData) -> Given:
    login = _text(form, "login")
    drawn = actions.reset_password(session, login, seen=_seen(form), actor=desk.actor, at=desk.at)
    return Given(login, get_user(session, login).name, drawn, desk.at + ONE_TIME_FOR)


def _open(session: Session, desk: Desk, unit: str, form: FormData) -> Given:
    given = [str(each) for each in form.getlist("role")]
    roles = [role for role in Role if role in given]
    return actions.open_account(
        session,
        unit,
        _text(form, "new_login"),
        name=_text(form, "name"),
        roles=roles,
        actor=desk.actor,
        at=desk.at,
    )


def _slip(desk: Desk, unit: str, name: str, given: Given, *, what: str) -> HTMLResponse:
    """The one time the password is seen: on this answer, which no browser keeps."""
    view = SlipView(
        unit=name,
        name=given.name,
        login=given.login,
        password=given.password,
        until=shanghai_date(given.until),
        link=unit_link(desk.settings.home, unit),
        home=desk.settings.home,
        what=what,
        back_href=unit_href(unit),
    )
    with desk.reading() as session:
        values = {"view": view, "page": page(session, desk, "")}
    return HTMLResponse(render("slip.html", values))
