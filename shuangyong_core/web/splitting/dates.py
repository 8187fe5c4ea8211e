"""The page where a holder gives units directly under it an earlier 报送时限, or takes it back."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.accounts.actor import Role
from shuangyong_core.assignments.actions.child_dates import DateWish, give_earlier_dates
from shuangyong_core.assignments.queries.child_dates import list_earlier_dates, list_owed_below
from shuangyong_core.errors import Conflict, NotFound, Refused
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.plans.queries import children_of, require_reach
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.child_dates_view import ChildDatesView, GivenDate
from shuangyong_core.web.pages.shell import Choice, Day
from shuangyong_core.web.refusing import status_of
from shuangyong_core.web.rendering import monthday, render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at, see

router = APIRouter()


@router.get("/split/{plan}/{unit}/dates")
def dates_page(plan: str, unit: str, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show the earlier dates a holder gave, and a form for another."""
    return _shown(desk, plan, unit, {})


@router.post("/split/{plan}/{unit}/dates")
def give_date(
    plan: str, unit: str, desk: Desk = Depends(signed_in), form: FormData = Depends(posted)
) -> Response:
    """This function will give an earlier date, or take one back."""
    said = {name: str(form.get(name, "")).strip() for name in
            ("round", "unit", "target", "due", "reason")}  # fmt: skip
    units = [said["unit"]] if said["unit"] else []
    targets = [said["target"]] if said["target"] else []
    try:
        with desk.writing() as session:
            # First whose page it is: to a stranger nothing else is answered.
            sight = see(session, desk, plan=plan, unit=unit)
            is_back = form.get("act") == "back"
            due = None if is_back else parse_date(said["due"], field="报送时限").day
            wish = DateWish(said["round"], due, units, targets, said["reason"])
            give_earlier_dates(
                session, sight.plan, unit=sight.node.unit, wish=wish, actor=desk.actor, at=desk.at
            )
    except (NotFound, Conflict):
        raise
    except Refused as refused:
        return _shown(desk, plan, unit, said, refused)
    return RedirectResponse(f"/split/{plan}/{unit}/dates", 303)


def _shown(
    desk: Desk, plan: str, unit: str, said: Mapping[str, str], refused: Refused | None = None
) -> Response:
    with desk.reading() as session:
        view = _view(session, desk, plan, unit, said, refused)
        values = {"view": view, "page": page(session, desk_at(desk, plan), "todo")}
    return HTMLResponse(render("split_dates.html", values), status_of(refused) if refused else 200)


def _view(
    session: Session,
    desk: Desk,
    plan: str,
    unit: str,
    said: Mapping[str, str],
    refused: Refused | None,
) -> ChildDatesView:
    sight = see(session, desk, plan=plan, unit=unit)
    head, node = sight.plan, sight.node
    require_reach(session, head, node.unit, desk.actor, Role.ISSUER, Role.MANAGER)
    owed = [
        one for one in list_owed_below(session, head, unit=node.unit) if one.due_date >= desk.today
    ]
    rounds = {one.round_code: f"{one.round_title} {monthday(one.due_date)}" for one in owed}
    children = {one.code: one.name for one in children_of(session, head.id, node.unit)}
    given = list_earlier_dates(session, head, holders=[node.unit], limit=500)
    return ChildDatesView(
        unit=node.name,
        plan=head.title,
        lead=head.lead_workdays,
        rounds=_choices(rounds, said.get("round", "")),
        units=_choices({"": "全部下级", **children}, said.get("unit", "")),
        targets=_choices(
            {"": "全部任务", **{one.code: f"{one.code} {one.title}" for one in owed}},
            said.get("target", ""),
        ),
        due=said.get("due", ""),
        reason=said.get("reason", ""),
        given=tuple(
            GivenDate(one.unit, one.unit_code, one.code, one.title, one.round, Day(one.own_due),
                      Day(one.due), str(one.lead), one.reason)
            for one in given
        ),
        post_href=f"/split/{head.code}/{node.code}/dates",
        back_href=f"/split/{head.code}/{node.code}",
        errors=refused.sentences if refused else (),
    )  # fmt: skip


def _choices(words: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in words.items())
