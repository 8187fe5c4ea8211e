"""The routes on which the issuer tells what the figures of a round were used for."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.accounts.queries import name_of
from shuangyong_core.errors import NotFound, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import RoundRow, list_rounds
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.reports.actions import tell_use
from shuangyong_core.reports.actions.tell_use import LONGEST_REF, LONGEST_USE
from shuangyong_core.reports.queries.uses import Use, latest_uses
from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.pages.back_view import UseRow, UseView
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import moment, monthday, render
from shuangyong_core.web.security import posted
from shuangyong_core.web.sight import desk_at, see

router = APIRouter()
TOLD = Notice("各单位的反馈和今年的那一页上已经看得到。", "已写好。", "o", "circle-check")


@router.get("/use/{plan}/{unit}")
def use_page(plan: str, unit: str, done: bool = False, desk: Desk = Depends(signed_in)) -> Response:
    """This function will show the rounds that have opened, and what each was used for."""
    return _shown(desk, plan, unit, notices=(TOLD,) if done else ())


@router.post("/use/{plan}/{unit}")
def tell(
    plan: str,
    unit: str,
    form: FormData = Depends(posted),
    desk: Desk = Depends(signed_in),
) -> Response:
    """This function will keep what the round named by the button was used for."""
    round_ = str(form.get("act", ""))
    text, ref = str(form.get(f"text:{round_}", "")), str(form.get(f"ref:{round_}", ""))
    with desk.reading() as session:
        issued_by(session, desk, plan, unit)
    try:
        with desk.writing() as session:
            tell_use(session, plan, round_, text=text, ref=ref, actor=desk.actor, at=desk.at)
    except Problems as wrong:
        said = tuple(str(one.message) for one in wrong.problems)
        return _shown(desk, plan, unit, typed={round_: (text, ref, said)})
    return RedirectResponse(f"/use/{plan}/{unit}?done=1", 303)


def issued_by(session: Session, desk: Desk, plan: str, unit: str) -> Plan:
    """This function will give a plan that the unit issues and the user may send down; NotFound."""
    sight = see(session, desk, plan=plan, unit=unit)
    if sight.plan.issuer != sight.node.unit:
        raise NotFound
    return require_issuer(session, plan, actor=desk.actor)


def _shown(
    desk: Desk,
    plan: str,
    unit: str,
    *,
    typed: dict[str, tuple[str, str, tuple[str, ...]]] | None = None,
    notices: tuple[Notice, ...] = (),
) -> Response:
    with desk.reading() as session:
        issued = issued_by(session, desk, plan, unit)
        uses = {use.round: use for use in latest_uses(session, issued.id)}
        rows = [
            _row(session, one, uses.get(one.id), (typed or {}).get(one.code), f"{plan}/{unit}")
            for one in list_rounds(session, issued.id)
            if one.opens_on <= desk.today
        ]
        frame = page(session, desk_at(desk, plan), "progress", notices=notices)
    view = UseView(issued.title, tuple(rows), LONGEST_USE, LONGEST_REF)
    html = render("use.html", {"view": view, "page": frame})
    return HTMLResponse(html, 422 if typed else 200)


def _row(
    session: Session,
    round_: RoundRow,
    use: Use | None,
    typed: tuple[str, str, tuple[str, ...]] | None,
    where: str,
) -> UseRow:
    kept = (use.text, use.ref, ()) if use else ("", "", ())
    text, ref, errors = typed or kept
    told = f"{moment(use.at)} {name_of(session, use.actor)}" if use else ""
    dates = f"{monthday(round_.due_date)}前报送，{monthday(round_.locks_on)}截止"
    href = f"/back/{where}/{round_.code}"
    return UseRow(round_.code, round_.title, dates, text, ref, told, round_.code, href, errors)
