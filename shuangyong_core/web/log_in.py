"""The routes of the door itself: log in, change the password, log out."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core import db
from shuangyong_core.accounts import actions, queries
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.accounts.rules import MIN_LENGTH
from shuangyong_core.errors import Refused
from shuangyong_core.settings import Settings
from shuangyong_core.units.models import Tree, Unit, UnitLink
from shuangyong_core.web.desk import Desk, any_user, cookie_name
from shuangyong_core.web.letting_in import let_in
from shuangyong_core.web.pages.login_view import LoginView, PasswordView
from shuangyong_core.web.rendering import render
from shuangyong_core.web.resuming import put_back
from shuangyong_core.web.security import ForeignForm, posted, require_same_site
from shuangyong_core.words import words

router = APIRouter()
BEFORE = "before"  # the cookie that ties a log-in form to this browser


@router.get("/login")
def log_in_page(request: Request, next: str = "/") -> Response:
    """This function will show the log-in page."""
    return log_in_page_of(request, next_href=_inside(next))


@router.post("/login")
async def log_in(request: Request) -> Response:
    """This function will open a session, or say in one sentence why not."""
    require_same_site(request)
    form = await request.form(max_fields=10)
    name, password = str(form.get("login", "")).strip(), str(form.get("password", ""))
    next_href = _inside(str(form.get("next", "/")))
    kept = str(form.get("kept", ""))
    before = request.cookies.get(BEFORE, "")
    if not before or not hmac.compare_digest(before, str(form.get("csrf", ""))):
        raise ForeignForm
    from anyio.to_thread import run_sync

    source = request.client.host if request.client else ""
    try:
        opened = await run_sync(let_in, request.app.state, name, password, source)
    except Refused as refused:
        return log_in_page_of(
            request, login=name, error=str(refused), next_href=next_href, kept=kept
        )
    settings: Settings = request.app.state.settings
    answer: Response = RedirectResponse("/password" if opened.must_change else next_href, 303)
    if kept and not opened.must_change:
        site = str(words()["site"])
        answer = put_back(kept, csrf=opened.csrf, site=site) or answer
    answer.set_cookie(
        cookie_name(settings),
        opened.secret,
        path="/",
        httponly=True,
        secure=settings.https,
        samesite="lax",
    )
    answer.delete_cookie(BEFORE, path="/login")
    return answer


def log_in_page_of(
    request: Request,
    *,
    login: str = "",
    error: str = "",
    next_href: str,
    kept: str = "",
    status: int | None = None,
) -> HTMLResponse:
    """This function will show the log-in page; `kept` is a form to be put back afterwards."""
    state = request.app.state
    with db.read(state.engine) as session:
        sponsor = sponsor_of(session)
    token = secrets.token_urlsafe(24)
    view = LoginView(
        site=f"{sponsor}双拥工作平台",
        sponsor=f"{sponsor}双拥办",
        csrf=token,
        login=login,
        error=error,
        next_href=next_href,
        kept=kept,
        is_demo=state.settings.today is not None,
    )
    answer = HTMLResponse(render("login.html", {"view": view}), status or (422 if error else 200))
    answer.set_cookie(
        BEFORE, token, path="/login", httponly=True, secure=state.settings.https, samesite="strict"
    )
    return answer


def sponsor_of(session: Session) -> str:
    """This function will give the name of the unit at the top: whose platform this is."""
    top = (
        select(Unit.name)
        .join(UnitLink, UnitLink.unit == Unit.id)
        .where(
            UnitLink.tree == str(Tree.RESPONSIBILITY),
            UnitLink.parent.is_(None),
            UnitLink.valid_to.is_(None),
        )
        .order_by(Unit.code)
    )
    return session.scalars(top).first() or ""


def _inside(href: str) -> str:
    parts = urlsplit(href)
    safe = not parts.scheme and not parts.netloc and href.startswith("/") and "\\" not in href
    return href if safe and not href.startswith("//") else "/"


@router.get("/password")
def password_page(desk: Desk = Depends(any_user)) -> Response:
    """This function will show the page for a new password."""
    return _password_page(desk)


def _password_page(desk: Desk, *errors: str) -> HTMLResponse:
    with desk.reading() as session:
        sponsor = sponsor_of(session)
    view = PasswordView(
        site=f"{sponsor}双拥工作平台",
        sponsor=f"{sponsor}双拥办",
        csrf=desk.login.csrf,
        who=desk.actor.name,
        least_length=MIN_LENGTH,
        is_first=desk.login.must_change,
        errors=errors,
    )
    return HTMLResponse(render("password.html", {"view": view}), 422 if errors else 200)


@router.post("/password")
def change_password(form: FormData = Depends(posted), desk: Desk = Depends(any_user)) -> Response:
    """This function will keep a new password and ask to log in with it."""
    new, again = str(form.get("new", "")), str(form.get("again", ""))
    with desk.reading() as session:
        kept = queries.get_user(session, desk.login.login).password_hash
    if not desk.login.must_change and not is_right(kept, str(form.get("old", ""))):
        return _password_page(desk, "现在的口令不对。")
    if new != again:
        return _password_page(desk, "两次输入的新口令不一样。")
    try:
        with desk.writing() as session:
            actions.change_password(session, desk.login.user, password=new, at=desk.at)
    except Refused as refused:
        return _password_page(desk, str(refused))
    return RedirectResponse("/login", 303)


@router.post("/logout")
def log_out(_form: FormData = Depends(posted), desk: Desk = Depends(any_user)) -> Response:
    """This function will end the session and forget it in the browser."""
    with desk.writing() as session:
        actions.close_session(session, secret=desk.secret)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(desk.settings), path="/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
