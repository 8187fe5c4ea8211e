"""The routes of reading: a report with its history, what may be done with it, and its files."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.evidence.queries import HASH, path_of
from shuangyong_core.reports.actions import reopen, withdraw
from shuangyong_core.reports.queries.files import open_file
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.place import find_report
from shuangyong_core.reports.queries.review_page import ReviewPage, get_review_page
from shuangyong_core.reports.rules.review import ReasonMissing, check_reason
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.filling.keeping import seen_version
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.reading.view import report_view
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.shown import corrections

router = APIRouter()
# Whatever a file holds, no browser runs it here.
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
    """This function will ask once, then do: withdraw | reopen; fill and review only lead there."""
    act, reason = str(form.get("act", "")), str(form.get("reason", ""))
    if act in ("fill", "review"):
        return RedirectResponse(address.form if act == "fill" else address.review, 303)
    try:
        if act == "reopen":
            check_reason(reason, act="退回复核")
        elif act.startswith("do_"):
            _act(desk, address, form, act, reason)
            return RedirectResponse(address.report, 303)
    except ReasonMissing as refused:
        return _show(desk, address, reason=reason, refused=refused)
    return _show(desk, address, asked=act, reason=reason)


def _act(desk: Desk, address: Address, form: FormData, act: str, reason: str) -> None:
    with desk.writing() as session:
        if act == "do_withdraw":
            withdraw(session, *address.codes, actor=desk.actor, at=desk.at)
        elif act == "do_reopen":
            report, no = find_report(session, *address.codes), seen_version(form)
            reopen(session, report, no=no, reason=reason, actor=desk.actor, at=desk.at)


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
            notices = (*notices, *(_receipt(sent) if is_receipt else ()))
        view = report_view(form, sent, address, desk, asked=asked, reason=reason)
        values = {"view": view, "page": page(session, desk, "fill", notices=notices)}
    return HTMLResponse(render("report.html", values), status_of(refused) if refused else 200)


def _receipt(sent: ReviewPage) -> tuple[Notice, ...]:
    titles = {row.due.required.code: row.due.required.title for row in sent.rows}
    done = Notice("审核前可以撤回。", "已报送。", "o", "circle-check")
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
