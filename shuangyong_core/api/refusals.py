"""Turns every refusal into one shape of answer, and writes it down in a transaction of its own."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from shuangyong_core import db
from shuangyong_core.answers.problems import RefusalAnswer, refusal
from shuangyong_core.api.bodies import BodyTooLarge, BodyTooSlow, WrongMediaType
from shuangyong_core.api.calls import Call, TokenRefused
from shuangyong_core.api.gate import BUSY, RETRY
from shuangyong_core.audit.actions import record_refusal
from shuangyong_core.errors import Away, Conflict, NotFound, Problem, Problems, Refused
from shuangyong_core.sheets.refusing import FileTooLarge, WrongKindOfFile

LOG = logging.getLogger(__name__)
# The first that fits; any other refusal is 422.
STATUS_OF: dict[type[Refused], int] = {
    TokenRefused: 401,
    NotFound: 404,
    BodyTooSlow: 408,
    Conflict: 409,
    BodyTooLarge: 413,
    FileTooLarge: 413,
    WrongMediaType: 415,
    WrongKindOfFile: 415,
}
SENTENCES = {
    "missing": "缺少这一项。",
    "extra_forbidden": "没有这一项，请核对名称。",
    "string_type": "这里要写文字（加引号）。",
    "string_too_long": "太长了。",
    "string_too_short": "不能为空。",
    "string_pattern_mismatch": "写法不对。",
    "bool_type": "只能写 true 或 false。",
    "int_parsing": "这里要写整数。",
    "dict_type": "这里要写 {…}。",
    "model_attributes_type": "这里要写 {…}。",
    "list_type": "这里要写 […]。",
    "enum": "没有这个选项。",
    "literal_error": "没有这个选项。",
}


def install(api: FastAPI) -> None:
    """This function will give the application its one handler for each kind of failure."""
    api.add_exception_handler(Refused, _answer_refused)
    api.add_exception_handler(RequestValidationError, _answer_invalid)
    api.add_exception_handler(HTTPException, _answer_http)
    api.add_exception_handler(OperationalError, _answer_busy)
    api.add_exception_handler(PoolTimeout, _answer_busy)
    api.add_exception_handler(Away, _answer_busy)
    api.add_exception_handler(ClientDisconnect, _answer_gone)
    api.add_exception_handler(Exception, _answer_fault)


def status_of(refused: Refused) -> int:
    """This function will give the HTTP status of a refusal."""
    return next((code for kind, code in STATUS_OF.items() if isinstance(refused, kind)), 422)


def _answer_refused(request: Request, error: Exception) -> Response:
    refused = error if isinstance(error, Refused) else Refused()
    _write_down(request, refused)
    status = status_of(refused)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    # One body for what is absent and what is another's: which of the two is not said.
    shown = NotFound() if isinstance(refused, NotFound) else refused
    return _answer(status, refusal(shown), headers)


def _answer_invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    return _answer_refused(request, Problems([_problem(each) for each in found]))


def _problem(found: dict[str, Any]) -> Problem:
    place = ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0])
    sentence = SENTENCES.get(found["type"], "写法不对，请对照接口说明。")
    return Problem(found["type"], sentence, field=place[:200])


def _write_down(request: Request, refused: Refused) -> None:
    """Only what somebody known tried to change: a stranger must not be able to fill the record."""
    call: Call | None = getattr(request.state, "call", None)
    if call is None or request.method in ("GET", "HEAD"):
        return
    act = f"api.{request.scope['route'].name}"
    subject = request.url.path.removeprefix(request.scope.get("root_path", "")).replace("\0", "?")
    try:
        with db.write(call.engine) as session:
            record_refusal(
                session, act=act[:60], subject=subject, actor=call.actor.key, at=call.at,
                refused=refused,
            )  # fmt: skip
    except SQLAlchemyError:
        LOG.exception("a refusal could not be written down")


def _answer_http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    code, message = {
        404: ("no_such_call", "没有这个接口，请核对地址。"),
        405: ("wrong_method", "这个地址不支持这种方法。"),
    }.get(status, ("unreadable", "请求读不出来，请核对写法。"))
    # A body that cannot be taken apart is refused like every other one.
    return _answer(422 if status == 400 else status, _said(code, message), headers)


def _answer_busy(_request: Request, error: Exception) -> Response:
    LOG.warning("the database is busy or away: %s", type(error).__name__)
    return _answer(503, BUSY, RETRY)


def _answer_gone(_request: Request, _error: Exception) -> Response:
    return _answer(408, _said("gone", "没有收完内容，请重发。"))


def _answer_fault(_request: Request, error: Exception) -> Response:
    number = secrets.token_hex(4)
    LOG.error("fault %s", number, exc_info=error)
    return _answer(500, _said("fault", f"系统出错了，编号 {number}，请告诉管理员。"))


def _said(code: str, message: str) -> RefusalAnswer:
    return {"code": code, "message": message, "problems": []}


def _answer(status: int, body: RefusalAnswer, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(body, status_code=status, headers=headers)
