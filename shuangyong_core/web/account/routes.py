"""The routes of 我的账号: look, hand one's roles over for some days, take them back."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.accounts import actions
from shuangyong_core.errors import NotFound, Problem, Problems, Refused
from shuangyong_core.guard.dates import NotADate, ParsedDate, parse_date
from shuangyong_core.web.account.showing import account_view
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = {
    "delegated": Notice("到期自动收回，中途也可以撤回。", "已委托。", "o", "circle-check"),
    "revoked": Notice("对方现在起不能再替您办理。", "已撤回。", "o", "circle-check"),
}

PUT_RIGHT = {
    each: Notice(
        "请看下面的起止日期对不对。", f"已自动更正 {each} 处：日期写法。", "b", "info-circle"
    )
    for each in ("1", "2")
}


@router.get("/account")
def account_page(done: str = "", put_right: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will show one's own account."""
    notices = (DONE[done],) if done in DONE else ()
    return _shown(
        desk, notices=(*notices, PUT_RIGHT[put_right]) if put_right in PUT_RIGHT else notices
    )


def _shown(desk: Desk, *, notices: tuple[Notice, ...] = (), taker: str = "", first: str = "",
           last: str = "", errors: tuple[str, ...] = ()) -> HTMLResponse:  # fmt: skip
    with desk.reading() as session:
        view = account_view(session, desk, taker=taker, first=first, last=last, errors=errors)
        values = {"view": view, "page": page(session, desk, "", notices=notices)}
    return HTMLResponse(render("account.html", values), 422 if errors else 200)


@router.post("/account")
def account_act(form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will delegate or take back; what is wrong is said on the page."""
    act = str(form.get("act", ""))
    if act == "revoke":
        with desk.writing() as session:
            actions.revoke_delegation(session, _number(form), actor=desk.actor, at=desk.at)
        return RedirectResponse("/account?done=revoked", 303)
    if act != "delegate":
        return RedirectResponse("/account", 303)
    taker, first, last = (str(form.get(name, "")).strip() for name in ("taker", "first", "last"))
    try:
        days = _days(first, last)
        with desk.writing() as session:
            actions.delegate(session, giver=desk.login.login, taker=taker,
                             first_date=days[0].day, last_date=days[1].day,
                             actor=desk.actor, at=desk.at)  # fmt: skip
    except NotFound:
        raise
    except Refused as refused:
        return _shown(desk, taker=taker, first=first, last=last, errors=refused.sentences)
    put_right = sum(bool(each.notes) for each in days)
    return RedirectResponse(f"/account?done=delegated&put_right={put_right}", 303)


def _number(form: FormData) -> int:
    text = str(form.get("number", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _days(first: str, last: str) -> tuple[ParsedDate, ParsedDate]:
    """Both days, or all that is wrong with them at once."""
    read: list[ParsedDate] = []
    wrong: list[Problem] = []
    for text, field in ((first, "从哪天起"), (last, "到哪天为止")):
        try:
            read.append(parse_date(text, field=field))
        except NotADate as refused:
            wrong += [replace(each, message=str(refused)) for each in refused.problems]
    if wrong:
        raise Problems(wrong)
    return read[0], read[1]
