"""The routes of 通知: what was told to one's unit, and marking it as read."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.supervision import actions
from shuangyong_core.supervision.queries.notices import NoticeRow, list_notices
from shuangyong_core.supervision.rules import notices as rules
from shuangyong_core.supervision.rules.notices import RUNG_WORDS, Rung
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.beside_view import NoticeLine, NoticesView
from shuangyong_core.web.rendering import moment, render
from shuangyong_core.web.security import posted

router = APIRouter()


@router.get("/notices")
def notices_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will show the inbox."""
    with desk.reading() as session:
        rows = list_notices(session, actor=desk.actor)
        unread = sum(row.read_at is None for row in rows)
        view = NoticesView(tuple(_line(row) for row in rows), unread)
        values = {"view": view, "page": page(session, desk, "todo")}
    return HTMLResponse(render("notices.html", values))


@router.post("/notices")
def read(form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will mark notices as read, one or all that were shown."""
    with desk.writing() as session:
        for key in form.getlist("read"):
            text = str(key)
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
            actions.read_notice(session, number, actor=desk.actor, at=desk.at)
    return RedirectResponse("/notices", 303)


def _line(row: NoticeRow) -> NoticeLine:
    return NoticeLine(
        key=str(row.id), kind=RUNG_WORDS[Rung(row.rung)], text=row.text, href=_href(row),
        when=moment(row.at), unit=row.unit_name, is_unread=row.read_at is None,
    )  # fmt: skip


def _href(row: NoticeRow) -> str:
    if row.subject_kind == rules.REPORT:
        plan, round_, unit = row.reference.split("/")
        return f"/rounds/{plan}/{unit}/{round_}"
    where = {rules.HANDOUT: "/handouts", rules.PROBLEM: "/problems"}[row.subject_kind]
    return f"{where}/{row.reference}"
