"""The one handler of refusals: a sentence the user can act on, in the frame when there is one."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from shuangyong_core.accounts.queries.delegations import why_over
from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.web.desk import MustChangePassword, NotSignedIn, any_user
from shuangyong_core.web.frame import page
from shuangyong_core.web.log_in import log_in_page_of
from shuangyong_core.web.pages.refusal_view import RefusalView, Status
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.rendering import render
from shuangyong_core.web.resuming import take_up

log = logging.getLogger(__name__)
BACK = (Link("回待办", "/todo"),)
NOT_FOUND = RefusalView(404, NotFound.message, links=BACK)
TOO_LARGE = RefusalView(413, "文件太大，请压缩后再传。", links=BACK)
NOT_UNDERSTOOD = RefusalView(422, "没有看懂这次提交，请刷新后再办。", links=BACK)
MAY_NOT = frozenset({"not_allowed", "may_not_write", "may_not_review", "may_not_act"})
SIGNED_OUT = "登录已过期，请重新登录。"


def add_refusals(app: FastAPI) -> None:
    """This function will tell an application how every refusal and fault is answered."""
    app.add_exception_handler(NotSignedIn, _send_to_log_in)
    app.add_exception_handler(MustChangePassword, _send_to_password)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(Exception, _fault)


async def _send_to_log_in(request: Request, _missing: Exception) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": SIGNED_OUT}, 401)
    if request.method != "GET":
        kept, back = await take_up(request), request.url.path
        return await run_in_threadpool(
            log_in_page_of, request, error=SIGNED_OUT, next_href=back, kept=kept, status=401
        )
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(back)}", 303)


def _send_to_password(_request: Request, _first: Exception) -> Response:
    return RedirectResponse("/password", 303)


def _refused(request: Request, refused: Exception) -> Response:
    if not isinstance(refused, Refused):
        raise refused
    over = _delegation_over(request, refused)
    if over is not None:
        return answer(request, RefusalView(404, str(over), links=BACK))
    if isinstance(refused, NotFound):
        # One page for what is not there and what is another's: nothing can be told from it.
        return answer(request, NOT_FOUND)
    problems = tuple(str(problem) for problem in refused.problems)
    return answer(request, RefusalView(status_of(refused), str(refused), problems, links=BACK))


def _delegation_over(request: Request, refused: Refused) -> Refused | None:
    """Whose delegation has just ended is told so, instead of a bare "not found" or "may not"."""
    if not isinstance(refused, NotFound) and refused.code not in MAY_NOT:
        return None
    try:
        desk = any_user(request)
        with desk.reading() as session:
            return why_over(session, desk.login.user, at=desk.at)
    except NotSignedIn:
        return None


def status_of(refused: Refused) -> Status:
    """This function will give the status of a refusal: 404, 409 or 422."""
    if isinstance(refused, NotFound):
        return 404
    return 409 if isinstance(refused, Conflict) else 422


def _http(request: Request, fault: Exception) -> Response:
    code = fault.status_code if isinstance(fault, HTTPException) else 500
    if code in (404, 405):
        return answer(request, NOT_FOUND)
    return answer(request, TOO_LARGE if code == 413 else NOT_UNDERSTOOD)


def _not_understood(request: Request, _wrong: Exception) -> Response:
    return answer(request, NOT_UNDERSTOOD)


def _fault(request: Request, fault: Exception) -> Response:
    trace = secrets.token_hex(4)
    log.error("fault %s at %s", trace, request.url.path, exc_info=fault)
    return answer(request, RefusalView(500, "系统出错了，已经记下。", links=BACK, trace=trace))


def answer(request: Request, view: RefusalView) -> Response:
    """This function will show a refusal: to a script, in the user's frame, or on a bare page."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": view.sentence}, view.status)
    try:
        desk = any_user(request)
        with desk.reading() as session:
            values = {"view": view, "page": page(session, desk, "")}
        return HTMLResponse(render("refused.html", values), view.status)
    except NotSignedIn:
        return HTMLResponse(render("refused_bare.html", {"view": view}), view.status)
    except Exception as fault:
        # The fault may lie in what the frame itself needs: then the bare page still answers.
        log.error("no frame for a refusal", exc_info=fault)
        return HTMLResponse(render("refused_bare.html", {"view": view}), view.status)
