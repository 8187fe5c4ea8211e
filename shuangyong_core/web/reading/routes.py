"""The routes of reading: a report with its history, what may be done with it, and its files."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.evidence.queries import HASH, path_of
from shuangyong_core.reports.actions import answer_objection, confirm, object_to, reopen, withdraw
from shuangyong_core.reports.queries.files import open_file
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.place import find_report
from shuangyong_core.reports.queries.review_page import ReviewPage, get_review_page
from shuangyong_core.reports.rules.review import ReasonMissing, check_reason
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.filling.keeping import seen_version
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.reading.view import report_view
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.replying import reply_notices
from shuangyong_core.web.security import posted
from shuangyong_core.web.shown import corrections

router = APIRouter()
# Whatever a file holds, no browser runs it here.
NEEDS_REASON = {"reopen": "退回复核", "say_object": "提出异议", "say_answer": "答复"}
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'"}


@router.get("/reports/{plan}/{unit}/{round}")
def report_page(
    sent: str = "", address: Address = Depends(), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show a report; after sending, with what to remember."""
    return _show(desk, address, is_receipt=bool(sent))


@router.post("/reports/{plan}/{unit}/{round}")
def act_on_report(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will ask once, then do: withdraw, reopen, or what a unit says of 代填."""
    act, reason = str(form.get("act", "")), str(form.get("reason", ""))
    if act in ("fill", "review"):
        return RedirectResponse(address.form if act == "fill" else address.review, 303)
    try:
        if act in NEEDS_REASON:
            check_reason(reason, act=NEEDS_REASON[act])
        elif act.startswith("do_"):
            _act(desk, address, form, act, reason)
            return RedirectResponse(address.report, 303)
    except ReasonMissing as refused:
        return _show(desk, address, reason=reason, refused=refused)
    return _show(desk, address, asked=act, reason=reason)


def _act(desk: Desk, address: Address, form: FormData, act: str, reason: str) -> None:
    with desk.writing() as session:
        by: dict[str, Any] = {"actor": desk.actor, "at": desk.at}
        report, no = find_report(session, *address.codes), seen_version(form)
        if act == "do_withdraw":
            withdraw(session, *address.codes, **by)
        elif act == "do_reopen":
            reopen(session, report, no=no, reason=reason, **by)
        elif act == "do_say_confirm":
            confirm(session, *address.codes, no=no, **by)
        elif act == "do_say_object":
            object_to(session, *address.codes, no=no, reason=reason, **by)
        elif act == "do_say_answer":
            answer_objection(session, report, no=no, answer=reason, **by)


def _show(
    desk: Desk,
    address: Address,
    *,
    asked: str = "",
    reason: str = "",
    is_receipt: bool = False,
    refused: Refused | None = None,
) -> Response:
    notices = (Notice(str(refused), kind="e", icon="alert-circle"),) if refused else ()
    with desk.reading() as session:
        form = get_form(session, *address.codes, actor=desk.actor, at=desk.at)
        sent = None
        if form.latest is not None:
            sent = get_review_page(session, find_report(session, *address.codes), actor=desk.actor)
            said = _receipt(sent) if is_receipt else reply_notices(sent.latest)
            notices = (*notices, *said)
        view = report_view(form, sent, address, desk, asked=asked, reason=reason)
        values = {"view": view, "page": page(session, desk, "fill", notices=notices)}
    return HTMLResponse(render("report.html", values), status_of(refused) if refused else 200)


def _receipt(sent: ReviewPage) -> tuple[Notice, ...]:
    titles = {row.due.required.code: row.due.required.title for row in sent.rows}
    is_counted = sent.latest.on_behalf and sent.status is Status.ACCEPTED
    text = "代填即视为已审核，已经计入合计。" if is_counted else "审核前可以撤回。"
    done = Notice(text, "已报送。", "o", "circle-check")
    return done, *corrections(sent.latest.normalised, titles)


@router.get("/files/{sha256}")
def download(sha256: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will give a file to whoever sees a report that carries it."""
    if not HASH.fullmatch(sha256):
        raise NotFound
    with desk.reading() as session:
        return _file(session, desk, sha256)


def _file(session: Session, desk: Desk, sha256: str) -> Response:
    file = open_file(session, sha256, actor=desk.actor)
    path = path_of(desk.settings.data / "files", sha256)
    if not path.is_file():
        raise NotFound
    return FileResponse(path, media_type=file.media_type, filename=file.name, headers=SANDBOX)
