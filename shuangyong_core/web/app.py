"""The web application: its routes, its headers, and the one handler of refusals."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.settings import Settings
from shuangyong_core.web import log_in
from shuangyong_core.web.desk import MustChangePassword, NotSignedIn
from shuangyong_core.web.pages.refusal_view import RefusalView, Status
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import add_headers

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
BACK = (Link("回待办", "/todo"),)


def create_web(engine: Engine, settings: Settings) -> FastAPI:
    """This function will make the web application over a database."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.engine, app.state.settings = engine, settings
    app.middleware("http")(add_headers)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(log_in.router)
    app.add_exception_handler(NotSignedIn, _send_to_log_in)
    app.add_exception_handler(MustChangePassword, _send_to_password)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
    return app


def _send_to_log_in(request: Request, _missing: Exception) -> Response:
    if request.method != "GET":
        return _page(
            request, RefusalView(401, "登录已过期，请重新登录。", links=(Link("登录", "/login"),))
        )
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(back)}", 303)


def _send_to_password(_request: Request, _first: Exception) -> Response:
    return RedirectResponse("/password", 303)


def _refused(request: Request, refused: Exception) -> Response:
    if not isinstance(refused, Refused):
        raise refused
    problems = tuple(str(problem) for problem in refused.problems)
    return _page(request, RefusalView(status_of(refused), str(refused), problems, links=BACK))


def status_of(refused: Refused) -> Status:
    """This function will give the status of a refusal: 404, 409 or 422."""
    if isinstance(refused, NotFound):
        return 404
    return 409 if isinstance(refused, Conflict) else 422


def _http(request: Request, fault: Exception) -> Response:
    code = fault.status_code if isinstance(fault, HTTPException) else 500
    if code in (404, 405):
        return _page(request, RefusalView(404, NotFound.message, links=BACK))
    if code == 413:
        return _page(request, RefusalView(413, "文件太大，请压缩后再传。", links=BACK))
    return _page(request, RefusalView(422, "没有看懂这次提交，请刷新后再办。", links=BACK))


def _fault(request: Request, fault: Exception) -> Response:
    trace = secrets.token_hex(4)
    log.error("fault %s at %s", trace, request.url.path, exc_info=fault)
    view = RefusalView(500, "系统出错了，已经记下。", links=BACK, trace=trace)
    return _page(request, view)


def _page(request: Request, view: RefusalView) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": view.sentence}, view.status)
    return HTMLResponse(render("refused.html", {"view": view}), view.status)
