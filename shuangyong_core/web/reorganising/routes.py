"""The routes of 组织调整: look at what acts on units would do, ask once, do exactly that."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.amendments.actions import preview_reorganisation, reorganise
from shuangyong_core.amendments.actions.reorganise import PreviewMoved
from shuangyong_core.amendments.reading import HEADERS, read_acts
from shuangyong_core.amendments.rules.acts import ActList
from shuangyong_core.amendments.rules.reorganisation import what_moved
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.reorganise_view import Previewed, ReorganiseView
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.planning.starting import issuers_of
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import render
from shuangyong_core.web.reorganising.sent import said_of, sent_of, typed_of
from shuangyong_core.web.reorganising.showing import HERE, previewed
from shuangyong_core.web.security import posted

router = APIRouter()
DONE = Notice("各单位随即看到移交过来的事项；已结束的报送按当时单位。", "组织调整已办完。", "o",
              "circle-check")  # fmt: skip
NOTHING = Notice("这些事项以前都办过了，不用再办。", "没有变化。", "b")


@router.get("/reorganise")
def reorganise_page(done: str = "", desk: Desk = Depends(signed_in)) -> Response:
    """This function will show where acts are uploaded or typed."""
    issuers_of(desk)
    return _shown(desk, None, notices=(DONE,) if done else ())


@router.post("/reorganise")
def post_acts(form: FormData = Depends(posted), desk: Desk = Depends(signed_in)) -> Response:
    """This function will look, ask once, or carry out: act = upload | one | ask | apply."""
    issuers_of(desk)
    act, seal = str(form.get("act", "")), str(form.get("seal", ""))
    try:
        sent = sent_of(desk, form)
        listed = read_acts(sent.data, sent.name)
        try:
            if act == "apply":
                with desk.writing() as session:
                    reorganise(session, listed, seal=seal, actor=desk.actor, at=desk.at)
                return RedirectResponse(f"{HERE}?done=1", 303)
            return _looked_at(desk, form, listed, sent.key, seal=seal if act == "ask" else None)
        except PreviewMoved as moved:
            return _looked_at(desk, form, listed, sent.key, moved=moved)
    except NotFound:
        raise
    except Refused as refused:
        return _shown(desk, form, refused=refused)


def _looked_at(
    desk: Desk,
    form: FormData,
    listed: ActList,
    key: str,
    *,
    seal: str | None = None,
    moved: Refused | None = None,
) -> Response:
    """The preview as of now; with the `seal` of what was looked at it is asked to be confirmed."""
    with desk.reading() as session:
        seen = preview_reorganisation(session, listed, actor=desk.actor, at=desk.at)
        if seal is not None and seal != seen.seal:
            moved = PreviewMoved(what=what_moved(seal, seen.seal))
        asks = seal is not None and moved is None
        shown = previewed(session, seen, key=key, asks=asks)
    if seen.is_empty:
        return _shown(desk, form, note=NOTHING)
    note = Notice(str(moved), kind="w", icon="alert-triangle") if moved else None
    return _shown(desk, form, preview=shown, note=note, status=status_of(moved) if moved else 200)


def _shown(
    desk: Desk,
    form: FormData | None,
    *,
    preview: Previewed | None = None,
    refused: Refused | None = None,
    note: Notice | None = None,
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> Response:
    view = ReorganiseView(
        HERE,
        tuple(names[0] for names in HEADERS.values()),
        typed_of(form, today=desk.today),
        preview,
        errors=(said_of(refused.problems) or (str(refused),)) if refused else (),
        note=note,
    )
    with desk.reading() as session:
        values = {"view": view, "page": page(session, desk, "", notices=notices)}
    return HTMLResponse(
        render("reorganise.html", values), status_of(refused) if refused else status
    )
