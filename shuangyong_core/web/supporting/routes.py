"""The routes of 配合任务: see what one supports, hand a file to the lead, take it back."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import check_name
from shuangyong_core.reports.actions.support import hand_in, require_support, take_back
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at, see
from shuangyong_core.web.supporting.view import support_view

router = APIRouter()
DONE = {
    "in": Notice("牵头单位的填报表上已经看得到。", "已交。", "o", "circle-check"),
    "back": Notice("牵头单位看不到了。", "已取回。", "o", "circle-check"),
}
NO_FILE = "还没有选文件，请先选一个照片或 PDF。"


class NothingChosen(Refused):
    """The form came without a file."""

    message = NO_FILE
    code = "nothing_chosen"


@router.get("/support/{plan}/{unit}")
def support_page(plan: str, unit: str, done: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will list what a unit supports."""
    return _shown(desk, plan, unit, notice=DONE.get(done))


@router.post("/support/{plan}/{unit}")
def support(
    plan: str, unit: str, form: FormData = Depends(posted), desk: Desk = Depends(signed_in)
) -> Response:
    """This function will hand in the file of one round, or take one back: act names which."""
    act, _, key = str(form.get("act", "")).partition(":")
    try:
        if act == "back":
            _take_back(desk, plan, unit, key)
        else:
            _hand_in(desk, plan, unit, key, form)
    except NotFound:
        raise
    except Refused as refused:
        return _shown(desk, plan, unit, refused=refused)
    return RedirectResponse(f"/support/{plan}/{unit}?done={'back' if act == 'back' else 'in'}", 303)


def _hand_in(desk: Desk, plan: str, unit: str, key: str, form: FormData) -> None:
    target, _, round_ = key.partition(".")
    file, settings = form.get(f"file:{key}"), desk.settings
    if not isinstance(file, UploadFile) or not file.filename:
        raise NothingChosen
    with desk.reading() as session:
        # Nobody fills the disk of a place that is not theirs.
        require_support(session, plan, round_, unit, target=target, actor=desk.actor, at=desk.at)
    check_name(file.filename)
    data = file.file.read(settings.upload_bytes + 1)
    stored = store(data, folder=settings.files, max_bytes=settings.upload_bytes)
    note = str(form.get(f"note:{key}", ""))
    with desk.writing() as session:
        hand_in(
            session, plan, round_, unit, target=target, stored=stored, name=file.filename,
            note=note, actor=desk.actor, at=desk.at,
        )  # fmt: skip


def _take_back(desk: Desk, plan: str, unit: str, key: str) -> None:
    place, _, sha256 = key.partition("/")
    target, _, round_ = place.partition(".")
    with desk.writing() as session:
        take_back(
            session, plan, round_, unit, target=target, sha256=sha256, actor=desk.actor, at=desk.at
        )


def _shown(
    desk: Desk,
    plan: str,
    unit: str,
    *,
    notice: Notice | None = None,
    refused: Refused | None = None,
) -> Response:
    with desk.reading() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        said = refused.sentences if refused else ()
        view = support_view(session, desk, sight, errors=said)
        notices = (notice,) if notice else ()
        frame = page(session, desk_at(desk, plan), "fill", notices=notices)
    status = status_of(refused) if refused else 200
    return HTMLResponse(render("support.html", {"view": view, "page": frame}), status)
