"""确认下达: what was typed is kept first, asked once, and sent down."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.change_split import SplitWrong
from shuangyong_core.assignments.actions.decompose import (
    decompose,
    find_problems,
    require_unmoved,
)
from shuangyong_core.assignments.actions.draft_split import SavedSplit
from shuangyong_core.assignments.actions.end_drafts import (
    SplitDraftMoved,
    require_drafts_unmoved,
)
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.errors import Conflict, Problem, Refused
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.refusal_view import RefusalView
from shuangyong_core.web.pages.shell import Confirm, Link
from shuangyong_core.web.refusing import answer
from shuangyong_core.web.splitting.keeping import keep, still_here, stray_problems
from shuangyong_core.web.splitting.opened import Opened, open_split
from shuangyong_core.web.splitting.shown import made_of, shown
from shuangyong_core.web.splitting.typed import Typed, as_typed, wishes_of


def ask_page(request: Request, desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """This function will keep what was typed, say all that is wrong with it, or ask once."""
    try:
        with desk.writing() as session:
            saved = keep(session, desk, form, plan=plan, unit=unit)
        with desk.reading() as session:
            opened = open_split(session, desk, plan=plan, unit=unit)
            typed = as_typed(opened.splits, form)
            problems = _problems(opened, typed, form)
            if not problems:
                _require_as_read(session, desk, opened, form, saved)
            return shown(
                session, desk, opened, typed, made=made_of(form, seen=saved.seen),
                problems=problems, confirm=None if problems else _ask(opened, typed),
            )  # fmt: skip
    except Refused as refused:
        return _told(request, desk, form, refused, plan=plan, unit=unit)


def confirm_page(request: Request, desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """This function will send down what was typed; what is refused is kept as it was typed."""
    try:
        with desk.writing() as session:
            opened = open_split(session, desk, plan=plan, unit=unit)
            typed = as_typed(opened.splits, form)
            if typed.errors or stray_problems(opened, form):
                raise SplitWrong(_problems(opened, typed, form))
            decompose(
                session,
                opened.sight.plan,
                unit=opened.sight.node.unit,
                wishes=wishes_of(opened.splits, typed),
                seal=str(form.get("version", "")),
                drafts=str(form.get("drafts", "")),
                actor=desk.actor,
                at=desk.at,
            )
    except Refused as refused:
        return _told(request, desk, form, refused, plan=plan, unit=unit)
    return RedirectResponse(f"/split/{plan}/{unit}?done=1", 303)


def _told(
    request: Request, desk: Desk, form: FormData, refused: Refused, *, plan: str, unit: str
) -> Response:
    """Another was first, or something is wrong: nothing that was typed is lost by it."""
    if not isinstance(refused, Conflict) or isinstance(refused, SplitDraftMoved):
        return still_here(desk, form, refused, plan=plan, unit=unit)
    kept = ""
    try:
        with desk.writing() as session:
            if keep(session, desk, form, plan=plan, unit=unit).waiting:
                kept = "您填的数已经存着，打开最新的分解就能看到。"
    except Refused:
        pass  # then the first refusal is what counts
    links = (Link("看最新的分解", f"/split/{plan}/{unit}"), Link("回待办", "/todo"))
    return answer(request, RefusalView(409, f"{refused}{kept}", links=links))


def _require_as_read(
    session: Session, desk: Desk, opened: Opened, form: FormData, saved: SavedSplit
) -> None:
    """What somebody did since the page was opened is told before it is asked, not after."""
    plan, unit = opened.sight.plan, opened.sight.node.unit
    splits = list_splits(session, plan, unit=unit)
    require_unmoved(session, splits, unit=unit, seal=str(form.get("version", "")))
    require_drafts_unmoved(session, plan, unit=unit, seen=saved.seen, actor=desk.actor)


def _problems(opened: Opened, typed: Typed, form: FormData) -> list[Problem]:
    problems = [Problem("not_a_number", why, field=name) for name, why in typed.errors.items()]
    problems += stray_problems(opened, form)
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
