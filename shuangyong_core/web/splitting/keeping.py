"""先存着 and 放弃: what was typed is kept before anything else is done with it, or let go."""

from __future__ import annotations

from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.assignments.actions.draft_split import SavedSplit, save_split_draft
from shuangyong_core.assignments.actions.end_drafts import SplitDraftMoved, drop_split_draft
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.rules.drafts import Seen, read_seen, write_seen
from shuangyong_core.errors import Problem, Refused
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.sight import see
from shuangyong_core.web.splitting.opened import Opened, open_split
from shuangyong_core.web.splitting.shown import made_of, shown
from shuangyong_core.web.splitting.typed import as_typed, page_of, strange_cells

STRAY = "不是本单位这项任务的下级，请刷新页面再填。"
MINE = "这页保留了您填的数，再按一次就以这页为准；要看对方存的，请重新打开这页。"


def keep(session: Session, desk: Desk, form: FormData, *, plan: str, unit: str) -> SavedSplit:
    """This function will keep everything that was typed; raises SplitDraftMoved, Problems."""
    sight = see(session, desk, plan=plan, unit=unit)
    splits = list_splits(session, sight.plan, unit=sight.node.unit)
    return save_split_draft(
        session,
        sight.plan,
        unit=sight.node.unit,
        page=page_of([split for split in splits if split.is_truly_split], form),
        actor=desk.actor,
        at=desk.at,
    )


def put_aside_page(desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """This function will keep what was typed and lead back to it."""
    try:
        with desk.writing() as session:
            saved = keep(session, desk, form, plan=plan, unit=unit)
    except Refused as refused:
        return still_here(desk, form, refused, plan=plan, unit=unit)
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        stray = stray_problems(opened, form)
        if stray:
            # All else is kept; what has no place is said, for the next look would not show it.
            typed, made = as_typed(opened.splits, form), made_of(form, seen=saved.seen)
            return shown(session, desk, opened, typed, made=made, problems=stray)
    return RedirectResponse(f"/split/{plan}/{unit}{'' if saved.waiting else '?same=1'}", 303)


def drop_page(desk: Desk, form: FormData, *, plan: str, unit: str) -> Response:
    """This function will give up what was put aside, if it is what the page showed."""
    try:
        with desk.writing() as session:
            sight = see(session, desk, plan=plan, unit=unit)
            drop_split_draft(
                session,
                sight.plan,
                unit=sight.node.unit,
                seen=str(form.get("drafts", "")),
                actor=desk.actor,
                at=desk.at,
            )
    except SplitDraftMoved as moved:
        return still_here(desk, form, moved, plan=plan, unit=unit)
    return RedirectResponse(f"/split/{plan}/{unit}", 303)


def still_here(desk: Desk, form: FormData, refused: Refused, *, plan: str, unit: str) -> Response:
    """This function will show what was typed again, with why it could not be kept."""
    if not refused.problems and not isinstance(refused, SplitDraftMoved):
        raise refused
    with desk.reading() as session:
        opened = open_split(session, desk, plan=plan, unit=unit)
        typed = as_typed(opened.splits, form)
        if not isinstance(refused, SplitDraftMoved):
            return shown(
                session, desk, opened, typed, made=made_of(form), problems=refused.problems
            )
        made = made_of(form, seen=_with_eyes_open(opened, form, refused))
        notice = Notice(f"{refused}{MINE}", kind="w", icon="alert-triangle")
        return shown(session, desk, opened, typed, made=made, notices=(notice,), status=409)


def stray_problems(opened: Opened, form: FormData) -> list[Problem]:
    """This function will name the cells that the page never made."""
    return [
        Problem("not_a_child", STRAY, field=name) for name in strange_cells(opened.splits, form)
    ]


def _with_eyes_open(opened: Opened, form: FormData, moved: SplitDraftMoved) -> str:
    """Of what was told the page knows now; the rest it saw as it did."""
    fresh, known = read_seen(opened.seen), read_seen(str(form.get("drafts", "")))
    told = moved.targets
    return write_seen(known | {target: fresh.get(target, Seen()) for target in told})
