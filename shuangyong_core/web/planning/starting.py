"""How a draft begins: a copy of a plan for next year, or an empty one with the usual rounds."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.accounts.actor import Role
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.plans.actions import start_draft
from shuangyong_core.plans.models import Plan, PlanDraft
from shuangyong_core.plans.queries import list_plans
from shuangyong_core.plans.queries.draft import get_draft, list_drafts
from shuangyong_core.plans.rules.next_year import into_year, next_code
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.units.queries import get_card
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.plan_view import PlanRow, PlansView
from shuangyong_core.web.pages.shell import Light
from shuangyong_core.web.rendering import moment

LIGHTS: dict[str, Light] = {"draft": "na", "launching": "rev", "active": "ok"}
# The usual year: what is done by when, and by when it is reported.
USUAL_ROUNDS = (
    ("R1", "开年和春节", "03-06", "春节-1wd"),
    ("R2", "上半年", "07-10", "{year}-06-30"),
    ("R3", "八一", "08-07", "八一-1d"),
    ("R4", "国防教育", "10-15", "烈士纪念日"),
    ("R5", "全年", "12-10", "{year}-11-30"),
)


class YearWrong(Refused):
    """The year of an empty plan is no year."""

    message = "年度请写四位数，例如 {year}。"
    code = "year_wrong"


def plans_view(session: Session, desk: Desk, *, errors: tuple[str, ...] = ()) -> PlansView:
    """This function will list the plans and drafts of the units the user issues for."""
    mine = issuers_of(desk)
    plans = {plan.code: plan for plan in list_plans(session) if plan.issuer in mine}
    drafts = {one.code: one for one in list_drafts(session, actor=desk.actor)}
    taken = plans.keys() | drafts.keys()
    rows = [_row(code, plans.get(code), drafts.get(code), taken) for code in taken]
    rows.sort(key=lambda row: (-row.year, row.code))
    latest = max((row.year for row in rows), default=desk.today.year - 1)
    unit = get_card(session, min(mine)).name
    return PlansView(unit, tuple(rows), latest + 1, errors)


def issuers_of(desk: Desk) -> frozenset[int]:
    """This function will give the units the user sends plans down for; raises NotFound."""
    mine = desk.actor.units_with(Role.ISSUER)
    if not mine:
        raise NotFound
    return mine


def start(session: Session, desk: Desk, form: FormData) -> PlanDraft:
    """This function will begin a draft as the form asks for it: copy or empty."""
    code = str(form.get("code", ""))
    if str(form.get("act", "")) == "copy":
        before = get_draft(session, code, actor=desk.actor)
        body = _copied(before)
        origin, issuer = before.code, before.issuer
    else:
        issuer, origin = min(issuers_of(desk)), ""
        body = _empty(session, desk, issuer, str(form.get("year", "")).strip())
    return start_draft(session, body, issuer=issuer, origin=origin, actor=desk.actor, at=desk.at)


def _copied(before: PlanDraft) -> dict[str, Any]:
    year = before.year + 1
    code = next_code(before.code, year=before.year, next_year=year)
    return into_year(before.body, code=code, year=year)


def _empty(session: Session, desk: Desk, issuer: int, year: str) -> dict[str, Any]:
    if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2099):
        raise YearWrong(year=desk.today.year + 1)
    issued = [plan for plan in list_plans(session) if plan.issuer == issuer]
    unit = get_card(session, issuer).code
    last = issued[0] if issued else None
    code = next_code(last.code, year=last.year, next_year=int(year)) if last else f"{unit}-{year}"
    rounds = [
        {
            "code": code,
            "title": title,
            "due_date": f"{year}-{due}",
            "done_by": done.format(year=year),
        }
        for code, title, due, done in USUAL_ROUNDS
    ]
    head = {"code": code, "year": year, "issuer": unit, "title": f"{year}年度双拥工作计划"}
    return {"plan": head, "rounds": rounds, "indicators": [], "targets": []}


def _row(code: str, plan: Plan | None, draft: PlanDraft | None, taken: set[str]) -> PlanRow:
    year = plan.year if plan else draft.year if draft else 0
    title = draft.body.get("plan", {}).get("title", "") if draft else plan.title if plan else ""
    status = plan.status if plan else "draft"
    follows = next_code(code, year=year, next_year=year + 1)
    return PlanRow(
        code=code,
        title=title or code,
        year=year,
        status=WORDS[status],
        light=LIGHTS.get(status, "na"),
        href=f"/plans/{code}/{'targets' if status == 'draft' else 'launch'}",
        remark=f"草稿 {moment(draft.saved_at)} 已存" if draft and status == "draft" else "",
        copy_label="" if follows in taken else f"复制为 {year + 1}年计划",
    )
