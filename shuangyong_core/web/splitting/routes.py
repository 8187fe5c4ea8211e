"""The routes of a split: look, put aside, give up, share out by a method, ask once, confirm."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.propose_split import Shares, propose_split
from shuangyong_core.errors import Problem, Refused
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import clock_time
from shuangyong_core.web.security import posted
from shuangyong_core.web.splitting.keeping import drop_page, keep, put_aside_page
from shuangyong_core.web.splitting.opened import open_split
from shuangyong_core.web.splitting.sending import ask_page, confirm_page
from shuangyong_core.web.splitting.shown import made_of, shown
from shuangyong_core.web.splitting.typed import (
    as_it_stands,
    as_proposed,
    as_put_aside,
    as_shared,
    as_typed,
)

router = APIRouter()
DONE = Notice("各单位已经看得到自己的数。之后仍可再改。", "已下达。", "o", "circle-check")
SAME = Notice("填的数与现在的分解一样，没有要存的。", kind="b")
STALE = "（这项分解刚有变动，请刷新这页再接着填）"


@router.get("/split/{plan}/{unit}")
def split_page(
    plan: str,
    unit: str,
    done: bool = False,
    same: bool = False,
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show what a holder shares out: as it was put aside, or as it stands."""
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        standing = as_it_stands(opened.splits)
        typed = as_put_aside(opened.splits, opened.drafts, standing=standing)
        wrong = [Problem("not_a_number", why, field=name) for name, why in typed.errors.items()]
        notices = (
            *((DONE,) if done and opened.is_confirmed else ()),
            *((SAME,) if same and not opened.drafts else ()),
        )
        return shown(session, desk, opened, typed, problems=wrong, notices=notices, status=200)


@router.post("/split/{plan}/{unit}/draft")
def save(
    plan: str, unit: str, desk: Desk = Depends(signed_in), form: FormData = Depends(posted)
) -> Response:
    """This function will keep what is typed, for the script that saves by itself."""
    with desk.writing() as session:
        saved = keep(session, desk, form, plan=plan, unit=unit)
    said = clock_time(desk.at) + (STALE if saved.is_stale else "")
    return JSONResponse({"saved_at": said, "drafts": saved.seen})


@router.post("/split/{plan}/{unit}")
def split_act(
    request: Request,
    plan: str,
    unit: str,
    desk: Desk = Depends(signed_in),
    form: FormData = Depends(posted),
) -> Response:
    """This function will put aside, take back, share out, ask, or send on what was typed."""
    act = form.get("act")
    if act == "confirm":
        return confirm_page(request, desk, form, plan=plan, unit=unit)
    if act == "ask":
        return ask_page(request, desk, form, plan=plan, unit=unit)
    if act == "share":
        return _share(desk, form, plan=plan, unit=unit)
    if act == "reset":
        return _reset(desk, form, plan=plan, unit=unit)
    if act == "drop":
        return drop_page(desk, form, plan=plan, unit=unit)
    return put_aside_page(desk, form, plan=plan, unit=unit)


def _reset(desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """The default in the cells and nowhere else yet."""
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        typed = as_proposed(opened.splits, opened.defaults)
        return shown(session, desk, opened, typed, made=made_of(form))


def _share(desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """What the chosen methods give, in the cells and nowhere else yet."""
    shares: dict[str, Shares] = {}
    problems: list[Problem] = []
    # The sums are made in tables of this connection's own, so it is a writing one.
    with desk.writing() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        typed = as_typed(opened.splits, form)
        for split in opened.splits:
            try:
                if method := typed.methods[split.code]:
                    shares[split.code] = propose_split(
                        session, opened.sight.plan, unit=opened.sight.node.unit,
                        target=split.target, method=method, actor=desk.actor,
                    )  # fmt: skip
            except Refused as refused:
                said = refused.sentences
                problems += [Problem(refused.code, why, field=split.code) for why in said]
        typed = as_shared(opened.splits, typed, shares)
        return shown(session, desk, opened, typed, made=made_of(form), problems=problems)
