"""The routes of a workbook: fetched, checked, given back marked, and written when all passes."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.keys import get_key
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.rules.workbook.course import WorkbookStep
from shuangyong_core.reports.rules.workbook.layout import Template
from shuangyong_core.reports.rules.workbook.read import Filled
from shuangyong_core.reports.rules.workbook.verdict import Outcome, Verdict, WorkbookRefused
from shuangyong_core.reports.rules.workbook.write import write_workbook
from shuangyong_core.sheets import LIMITS, mark_cells
from shuangyong_core.sheets.writing import XLSX
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.pages.workbook_view import Checked
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.workbook.checking import (
    note,
    read,
    recording,
    template_of,
    verdict_of,
)
from shuangyong_core.web.workbook.kept import Kept, keep, take
from shuangyong_core.web.workbook.view import checked_of, workbook_view

router = APIRouter()
NO_FILE = Problem("no_file", "请先选填好的工作簿，再上传。", field="file")


@router.get("/workbook/{plan}/{unit}/{round}")
def workbook_page(
    done: int = 0, address: Address = Depends(), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show the three steps; after writing, how many units were written."""
    return _show(desk, address, notices=_done(done) if done > 0 else ())


@router.post("/workbook/{plan}/{unit}/{round}/fetch")
def fetch(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will give the workbook for all units below, and note that it was fetched."""
    with desk.reading() as session:
        template = template_of(session, desk, address)
    data = write_workbook(template, secret=get_key(desk.settings.data))
    note(desk, address, WorkbookStep.FETCHED)
    return _file(data, template.file_name)


@router.get("/workbook/{plan}/{unit}/{round}/marked")
def marked(
    key: str = "", address: Address = Depends(), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will give a checked workbook back to its sender, bad cells marked."""
    with desk.reading() as session:
        template_of(session, desk, address)  # out of reach there is no such page
    kept = take(desk.settings, key, actor=desk.actor)
    verdict = verdict_of(desk, address, read(desk, kept))
    stem = kept.name.rpartition(".")[0] or kept.name
    return _file(mark_cells(kept.data, verdict.marks()), f"{stem}-检查结果.xlsx")


@router.post("/workbook/{plan}/{unit}/{round}")
def post_workbook(
    address: Address = Depends(),
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will check what is uploaded, or write what was checked: act = check | write."""
    try:
        if form.get("act") == "write":
            return _write(desk, address, str(form.get("key", "")))
        with recording(desk):
            return _check(desk, address, _uploaded(desk, form))
    except Refused as refused:
        if status_of(refused) == 404:
            raise
        return _show(desk, address, refused=refused)


def _uploaded(desk: Desk, form: FormData) -> Kept:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Problems([NO_FILE])
    data = file.file.read(min(desk.settings.upload_bytes, LIMITS.upload) + 1)
    return Kept("", file.filename, data)


def _check(desk: Desk, address: Address, sent: Kept) -> Response:
    filled = read(desk, sent)
    verdict = verdict_of(desk, address, filled)
    kept = keep(desk.settings, sent.data, name=sent.name, actor=desk.actor, at=desk.at)
    if not verdict.passes:
        count = verdict.wrong or len(verdict.problems)
        note(desk, address, WorkbookStep.REFUSED, count=count)
    elif verdict.count(Outcome.WRITE):
        note(desk, address, WorkbookStep.PASSED, count=verdict.count(Outcome.WRITE))
    return _show(desk, address, judged=(kept.key, filled, verdict))


def _write(desk: Desk, address: Address, key: str) -> Response:
    kept = take(desk.settings, key, actor=desk.actor)
    filled = read(desk, kept)
    try:
        with desk.writing() as session:
            done = import_workbook(
                session, filled, expected=address.codes, policy=desk.policy,
                actor=desk.actor, at=desk.at,
            )  # fmt: skip
    except WorkbookRefused:
        # Something moved since the check: the verdict of now says what.
        return _show(desk, address, judged=(key, filled, verdict_of(desk, address, filled)))
    return RedirectResponse(f"{address.workbook}?done={len(done.receipts) or -1}", 303)


def _show(
    desk: Desk,
    address: Address,
    *,
    judged: tuple[str, Filled, Verdict] | None = None,
    refused: Refused | None = None,
    notices: tuple[Notice, ...] = (),
) -> Response:
    with desk.reading() as session:
        template = template_of(session, desk, address)
        checked = _checked(desk, address, template, *judged) if judged else None
        view = workbook_view(session, desk, address, template, checked=checked, refused=refused)
        values = {"view": view, "page": page(session, desk, "fill", notices=notices)}
    status = status_of(refused) if refused else 422 if checked and not checked.passes else 200
    return HTMLResponse(render("workbook.html", values), status)


def _checked(
    desk: Desk, address: Address, template: Template, key: str, filled: Filled, verdict: Verdict
) -> Checked:
    seconds = (desk.settings.clock.now() - desk.at).total_seconds()
    href = f"{address.workbook}/marked?key={key}"
    return checked_of(
        filled, verdict, template, key=key, marked_href=href, at=desk.at, seconds=seconds
    )


def _done(units: int) -> tuple[Notice, ...]:
    text = "各单位会看到代填，可以确认或提出异议；进度随后更新。"
    return (Notice(text, f"已写入 {units} 个单位。", "o", "circle-check"),)


def _file(data: bytes, name: str) -> Response:
    said = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": said})
