"""The routes of requests: the list, asking, one request, deciding and taking back."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.close_request import withdraw_request
from shuangyong_core.assignments.queries.requests import (
    RequestNotFound,
    RequestRow,
    get_request,
)
from shuangyong_core.completion.actions.decide_request import decide_request
from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.web.asking.form import ask_view, typed_of, wish_of
from shuangyong_core.web.asking.showing import request_href, request_view, requests_view
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page, plan_in_view
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at, see

router = APIRouter()
DONE = {
    "asked": Notice("决定以后在待办里看得到。", "申请已提交。", "o", "circle-check"),
    "grant": Notice("时限和应报数已经改过来。", "已同意。", "o", "circle-check"),
    "refuse": Notice("单位会看到理由。", "已答复不同意。", "o", "circle-check"),
    "withdraw": Notice("什么都没有改。", "申请已撤回。", "o", "circle-check"),
}
NUMBER_DIGITS = 9


@router.get("/requests")
def list_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will list the requests in one's reach."""
    with desk.reading() as session:
        view = requests_view(session, desk, plan_in_view(session, desk))
        values = {"view": view, "page": page(session, desk, "todo")}
    return HTMLResponse(render("requests.html", values))


@router.get("/requests/{plan}/{unit}")
def ask_page(
    plan: str,
    unit: str,
    kind: str = "",
    round: str = "",
    target: str = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show the form one asks on."""
    typed = {"kind": kind, "round": round, "target": target}
    return _ask_page(desk, plan, unit, typed)


@router.post("/requests/{plan}/{unit}")
def ask(
    plan: str,
    unit: str,
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will keep a request, or show the form again with what is wrong."""
    typed = typed_of(form)
    try:
        with desk.writing() as session:
            sight = see(session, desk, plan=plan, unit=unit)
            wish, unit_id = wish_of(typed), sight.node.unit
            asked = ask_request(
                session, sight.plan, unit=unit_id, wish=wish, actor=desk.actor, at=desk.at
            )
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        return _ask_page(desk, plan, unit, typed, errors=refused.sentences)
    return RedirectResponse(f"{request_href(asked)}?done=asked", 303)


@router.get("/requests/{plan}/{unit}/{number}")
def one_page(
    plan: str, unit: str, number: str, done: str = "", desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show one request, and what granting it would change."""
    notices = (DONE[done],) if done in DONE else ()
    return _one_page(desk, plan, unit, number, notices=notices)


@router.post("/requests/{plan}/{unit}/{number}")
def decide(
    plan: str,
    unit: str,
    number: str,
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will decide over a request or take it back: act = grant | refuse | withdraw."""
    act, reason = str(form.get("act", "")), str(form.get("reason", "")).strip()[:2000]
    href = f"/requests/{plan}/{unit}/{number}"
    if act not in ("grant", "refuse", "withdraw"):
        return _one_page(desk, plan, unit, number, reason=reason)
    try:
        with desk.writing() as session:
            _, asked = _find(session, desk, plan, unit, number)
            if act == "withdraw":
                withdraw_request(session, asked.id, actor=desk.actor, at=desk.at)
            else:
                decide_request(
                    session, asked.id, grant=act == "grant", answer=reason,
                    seal=str(form.get("seal", "")), actor=desk.actor, at=desk.at,
                )  # fmt: skip
    except (Conflict, NotFound):
        raise
    except Refused as refused:
        return _one_page(desk, plan, unit, number, reason=reason, errors=refused.sentences)
    return RedirectResponse(f"{href}?done={act}", 303)


def _find(
    session: Session, desk: Desk, plan: str, unit: str, number: str
) -> tuple[Plan, RequestRow]:
    sight = see(session, desk, plan=plan, unit=unit)
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS):
        raise RequestNotFound
    asked = get_request(session, int(number), actor=desk.actor)
    if (asked.plan, asked.unit) != (sight.plan.id, sight.node.unit):
        raise RequestNotFound
    return sight.plan, asked


def _ask_page(
    desk: Desk, plan: str, unit: str, typed: dict[str, str], *, errors: tuple[str, ...] = ()
) -> Response:
    with desk.reading() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        view = ask_view(session, desk, sight, typed, errors=errors)
        values = {"view": view, "page": page(session, desk_at(desk, plan), "todo")}
    return HTMLResponse(render("request_ask.html", values), 422 if errors else 200)


def _one_page(
    desk: Desk,
    plan: str,
    unit: str,
    number: str,
    *,
    notices: tuple[Notice, ...] = (),
    reason: str = "",
    errors: tuple[str, ...] = (),
) -> Response:
    with desk.reading() as session:
        found, asked = _find(session, desk, plan, unit, number)
        view = request_view(session, desk, found, asked, reason=reason, errors=errors)
        values = {"view": view, "page": page(session, desk_at(desk, plan), "todo", notices=notices)}
    return HTMLResponse(render("request.html", values), 422 if errors else 200)
