"""The routes behind a number: the tasks of a unit, one task, where its number comes from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.completion.actions.close_assignment import close_assignment
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.queries import TargetRow, get_plan, get_target
from shuangyong_core.rollups.queries import show_shared
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import home_of, page
from shuangyong_core.web.numbers.source import source_view
from shuangyong_core.web.numbers.target import target_view, total_view
from shuangyong_core.web.numbers.tasks import tasks_view
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.pages.target_view import TargetView
from shuangyong_core.web.progress.asked import look, seen_as
from shuangyong_core.web.rendering import render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at, see

router = APIRouter()
CLOSED = Notice("这项任务连同下级的都已办结。", "已办结确认。", "o", "circle-check")


@router.get("/targets/{plan}")
def tasks_page(
    plan: str,
    unit: str = "",
    round: str = "",
    by: str = "",
    category: str = "",
    seen: Annotated[str, Query(alias="as")] = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will list the tasks of a unit."""
    desk = desk_at(desk, plan)
    with desk.reading() as session:
        asked = look(session, desk, unit=unit, round=round, by=by)
        view = tasks_view(session, seen_as(session, asked, seen), category=category)
        frame = page(session, desk, "progress")
    return HTMLResponse(render("tasks.html", {"view": view, "page": frame}))


@router.get("/targets/{plan}/{code}")
def target_page(
    plan: str,
    code: str,
    unit: str = "",
    round: str = "",
    by: str = "",
    done: str = "",
    seen: Annotated[str, Query(alias="as")] = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show one task at one unit; or its total, where that is shown to one."""
    desk = desk_at(desk, plan)
    with desk.reading() as session:
        content = get_target(session, get_plan(session, plan).id, code)
        try:
            asked = look(session, desk, unit=unit, round=round, by=by)
        except NotFound:
            view = _shared(session, desk, plan, content, unit=unit)
        else:
            asked = seen_as(session, asked, seen, in_year=True)
            view = target_view(session, asked, content, actor=desk.actor)
        frame = page(session, desk, "progress", notices=(CLOSED,) if done else ())
    return HTMLResponse(render("target.html", {"view": view, "page": frame}))


@router.post("/targets/{plan}/{code}/{unit}/close")
def close(
    plan: str,
    code: str,
    unit: str,
    _form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will close a target at a unit and below it (办结确认)."""
    with desk.writing() as session:
        sight = see(session, desk, plan=plan, unit=unit)
        target = get_target(session, sight.plan.id, code).id
        close_assignment(
            session, sight.plan, unit=sight.node.unit, target=target, actor=desk.actor, at=desk.at
        )
    return RedirectResponse(f"/targets/{plan}/{code}?unit={unit}&done=1", 303)


@router.get("/source/{plan}/{code}")
def source_page(
    plan: str,
    code: str,
    unit: str = "",
    round: str = "",
    at: str = "",
    seen: Annotated[str, Query(alias="as")] = "",
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will show where a number comes from, a column a click."""
    desk = desk_at(desk, plan)
    with desk.reading() as session:
        asked = seen_as(session, look(session, desk, unit=unit, round=round, by=""), seen)
        content = get_target(session, asked.plan.id, code)
        steps = [step for step in at.split(",") if step]
        view = source_view(session, asked, content, actor=desk.actor, steps=steps)
        frame = page(session, desk, "progress")
    return HTMLResponse(render("source.html", {"view": view, "page": frame}))


def _shared(
    session: Session, desk: Desk, plan: str, content: TargetRow, *, unit: str
) -> TargetView:
    """The issuer's total of a target that is shown to the user's kind of unit; else NotFound."""
    home = home_of(session, desk)
    if home is None:
        raise NotFound
    lines = show_shared(session, get_plan(session, plan).id, home.id, today=desk.today)
    for line in lines:
        if line.target.id == content.id and line.unit.code == unit:
            return total_view(content, line)
    raise NotFound
