"""The routes of a reviewer: the queue, and a decision that is asked once."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.plans.queries import get_plan
from shuangyong_core.reports.actions import accept, return_for_revision
from shuangyong_core.reports.queries.place import find_report
from shuangyong_core.reports.queries.review_page import get_review_page
from shuangyong_core.reports.queries.review_queue import review_queue
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.filling.keeping import seen_version
from shuangyong_core.web.frame import REVIEWERS, page, plan_in_view
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import render
from shuangyong_core.web.reviewing.deciding import CLEARED, Said
from shuangyong_core.web.reviewing.view import review_href, review_view
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = {
    "accepted": Notice("已经计入合计。", "已通过。", "o", "circle-check"),
    "returned": Notice("单位会看到要改的地方。", "已退回修改。", "o", "circle-check"),
}
NO_REASON = "请写一句退回原因，或勾出要改的项目并写明怎么改。"


@router.get("/review")
def queue_page(tab: str = "", done: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what waits for a decision."""
    notices = (DONE[done],) if done in DONE else ()
    with desk.reading() as session:
        view = review_view(session, desk, plan_in_view(session, desk), tab=tab)
        values = {"view": view, "page": page(session, desk, "review", notices=notices)}
    return HTMLResponse(render("review.html", values))


@router.get("/review/{plan}/{unit}/{round}")
def review_page(
    done: str = "", address: Address = Depends(), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show one report beside what it is held against."""
    notices = (DONE[done],) if done in DONE else ()
    return _show(desk, address, Said(), notices=notices)


@router.post("/review/{plan}/{unit}/{round}")
def decide(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will ask once, then decide: act = ask_return | return | accept …"""
    act, said = str(form.get("act", "")), _said(form)
    if act in ("ask_return", "return") and not said.reason and not any(said.fixes.values()):
        return _show(desk, address, Said(said.fixes, errors=(NO_REASON,)), status=422)
    if act in ("accept", CLEARED, "return"):
        with desk.writing() as session:
            _decide(session, desk, address, act, said, no=seen_version(form))
        return _next(desk, address, "returned" if act == "return" else "accepted")
    asks = act.removeprefix("ask_") if act.startswith("ask_") else ""
    return _show(desk, address, Said(said.fixes, said.reason, asks))


def _decide(
    session: Session, desk: Desk, address: Address, act: str, said: Said, *, no: int
) -> None:
    report, actor, at = find_report(session, *address.codes), desk.actor, desk.at
    if act in ("accept", CLEARED):
        accept(session, report, no=no, cleared=act == CLEARED, actor=actor, at=at)
        return
    reason = said.reason or "请按逐项意见修改。"
    return_for_revision(
        session, report, no=no, reason=reason, fields=said.fixes, actor=actor, at=at
    )


def _said(form: FormData) -> Said:
    codes = [str(code) for code in form.getlist("fix")]
    fixes = {code: str(form.get(f"reason.{code}", "")).strip() for code in codes}
    return Said(fixes, str(form.get("reason", "")).strip())


def _next(desk: Desk, address: Address, done: str) -> Response:
    with desk.reading() as session:
        waiting = review_queue(session, actor=desk.actor, plan=address.plan, limit=1).lines
    href = review_href(waiting[0]) if waiting else "/review"
    return RedirectResponse(f"{href}?done={done}", 303)


def _show(
    desk: Desk,
    address: Address,
    said: Said,
    *,
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> Response:
    with desk.reading() as session:
        report = find_report(session, *address.codes)
        opened = (address, get_review_page(session, report, actor=desk.actor))
        if not desk.actor.units_with(*REVIEWERS):
            return RedirectResponse(address.report, 303)
        plan = get_plan(session, address.plan)
        view = review_view(session, desk, plan, opened=opened, said=said)
        values = {"view": view, "page": page(session, desk, "review", notices=notices)}
    return HTMLResponse(render("review.html", values), status)
