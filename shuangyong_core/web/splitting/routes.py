"""The routes of a split: look, check the sums, take back, ask once, confirm."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.change_split import SplitWrong
from shuangyong_core.assignments.actions.decompose import decompose, find_problems
from shuangyong_core.assignments.actions.propose_split import Shares, propose_split
from shuangyong_core.errors import Conflict, Problem, Refused
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.numbers.closing import left_over_notices
from shuangyong_core.web.pages.refusal_view import RefusalView
from shuangyong_core.web.pages.shell import Confirm, Link, Notice
from shuangyong_core.web.refusing import answer
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at
from shuangyong_core.web.splitting.opened import Opened, open_split
from shuangyong_core.web.splitting.showing import split_view
from shuangyong_core.web.splitting.typed import (
    Typed,
    as_it_stands,
    as_proposed,
    as_shared,
    as_typed,
    strange_cells,
    wishes_of,
)
from shuangyong_core.web.splitting.wrong import at_the_cells, sentences

router = APIRouter()
DONE = Notice("各单位已经看得到自己的数。之后仍可再改。", "已下达。", "o", "circle-check")


@router.get("/split/{plan}/{unit}")
def split_page(
    plan: str, unit: str, done: bool = False, desk: Desk = Depends(signed_in)
) -> Response:
    """This function will show what a holder shares out, as it stands now."""
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        return _shown(session, desk, opened, as_it_stands(opened.splits), done=done)


@router.post("/split/{plan}/{unit}")
def split_act(
    request: Request,
    plan: str,
    unit: str,
    desk: Desk = Depends(signed_in),
    form: FormData = Depends(posted),
) -> Response:
    """This function will check, take back, ask, or send on what was typed."""
    act = str(form.get("act", ""))
    if act == "confirm":
        return _confirm(request, desk, form, plan=plan, unit=unit)
    if act == "share":
        return _share(desk, form, plan=plan, unit=unit)
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        if act == "reset":
            return _shown(session, desk, opened, as_proposed(opened.splits, opened.defaults))
        typed = as_typed(opened.splits, form)
        problems = _problems(opened, typed, form)
        confirm = _ask(opened, typed) if act == "ask" and not problems else None
        return _shown(session, desk, opened, typed, problems=problems, confirm=confirm)


def _confirm(request: Request, desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    here = f"/split/{plan}/{unit}"
    try:
        with desk.writing() as session:
            opened = open_split(session, desk, plan=plan, unit=unit)
            typed = as_typed(opened.splits, form)
            if typed.errors or strange_cells(opened.splits, form):
                problems = _problems(opened, typed, form)
                return _shown(session, desk, opened, typed, problems=problems)
            decompose(
                session,
                opened.sight.plan,
                unit=opened.sight.node.unit,
                wishes=wishes_of(opened.splits, typed),
                seal=str(form.get("version", "")),
                actor=desk.actor,
                at=desk.at,
            )
    except Conflict as conflict:
        links = (Link("看最新的分解", here), Link("回待办", "/todo"))
        return answer(request, RefusalView(409, str(conflict), links=links))
    except SplitWrong as wrong:
        with desk.reading() as session:
            opened = open_split(session, desk, plan=plan, unit=unit)
            return _shown(session, desk, opened, typed, problems=wrong.problems)
    return RedirectResponse(f"{here}?done=1", 303)


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
        return _shown(
            session, desk, opened, as_shared(opened.splits, typed, shares), problems=problems
        )


def _problems(opened: Opened, typed: Typed, form: FormData) -> list[Problem]:
    problems = [Problem("not_a_number", why, field=name) for name, why in typed.errors.items()]
    stray = "不是本单位这项任务的下级，请刷新页面再填。"
    problems += [
        Problem("not_a_child", stray, field=name) for name in strange_cells(opened.splits, form)
    ]
    return problems or find_problems(opened.splits, wishes_of(opened.splits, typed))


def _ask(opened: Opened, typed: Typed) -> Confirm:
    changed = wishes_of(opened.splits, typed)
    units = {child.unit for split in opened.splits for child in split.children}
    what = f"{len(opened.splits)} 项分到 {len(units)} 个单位" if units else "没有要分的数"
    how = f"改了 {len(changed)} 项（{'、'.join(changed)}）" if changed else "按默认方案，没有改动"
    rest = f"，其余 {len(opened.others)} 项照旧" if opened.others else ""
    here = f"/split/{opened.sight.plan.code}/{opened.sight.node.code}"
    text = f"{what}，{how}{rest}。下达后仍可再改。"
    return Confirm("确认下达，只问这一次：", text, "确认下达", "confirm", here)


def _shown(
    session: Session,
    desk: Desk,
    opened: Opened,
    typed: Typed,
    *,
    problems: Sequence[Problem] = (),
    confirm: Confirm | None = None,
    done: bool = False,
) -> Response:
    typed = at_the_cells(typed, problems)
    errors = sentences(opened, typed, problems)
    view = split_view(opened, typed, today=desk.today, errors=errors, confirm=confirm)
    frame = page(
        session,
        desk_at(desk, opened.sight.plan.code),
        "todo",
        notices=(
            *((DONE,) if done and opened.is_confirmed else ()),
            *left_over_notices(session, opened.sight.plan, unit=opened.sight.node.unit),
        ),
    )
    html = render("split.html", {"view": view, "page": frame})
    return HTMLResponse(html, 422 if problems else 200)
