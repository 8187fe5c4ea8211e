"""How a draft begins: a copy of a plan for next year, or an empty one with the usual rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.accounts.actor import Role
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.plans.actions import start_draft
from shuangyong_core.plans.models import Plan, PlanDraft
from shuangyong_core.plans.queries import get_indicators, list_plans
from shuangyong_core.plans.queries.draft import get_draft, list_drafts
from shuangyong_core.plans.rules.next_year import into_year, next_code
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.plans.rules.usual_plan import usual_plan
from shuangyong_core.plans.rules.workdays import to_workdays
from shuangyong_core.units.queries import UnitNotFound, get_card, get_unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.plan_view import PlanRow, PlansView
from shuangyong_core.web.pages.shell import Light
from shuangyong_core.web.planning.booked import read_sent
from shuangyong_core.web.rendering import moment

LIGHTS: dict[str, Light] = {"draft": "na", "launching": "rev", "active": "ok"}


class YearWrong(Refused):
    """The year of an empty plan is no year."""

    message = "年度请写四位数，例如 {year}。"
    code = "year_wrong"


class NotYourIssuer(Refused):
    """A workbook for a unit the user sends nothing down for."""

    message = "工作簿里的发布单位不是您下达计划的单位，请核对“发布单位”的编码。"
    code = "not_your_issuer"


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


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that was begun, and the rounds whose dates were moved off rest days."""

    draft: PlanDraft
    moved: tuple[str, ...]


def start(session: Session, desk: Desk, form: FormData) -> Begun:
    """This function will begin a draft as the form asks for it: copy, workbook or empty."""
    notes: list[str] = []
    code, act = str(form.get("code", "")), str(form.get("act", ""))
    if act == "upload":
        body, origin = read_sent(form, get_indicators(session))
        issuer = _issuer_of(session, desk, body)
    elif act == "copy":
        before = get_draft(session, code, actor=desk.actor)
        body, notes = _copied(session, before)
        origin, issuer = before.code, before.issuer
    else:
        issuer, origin = min(issuers_of(desk)), ""
        body, notes = _empty(session, desk, issuer, str(form.get("year", "")).strip())
    actor, at = desk.actor, desk.at
    draft = start_draft(session, body, issuer=issuer, origin=origin, actor=actor, at=at)
    codes = [str(one["code"]) for one in body.get("rounds", ())]
    return Begun(
        draft, tuple(code for code in codes if any(one.startswith(f"{code} ") for one in notes))
    )


def _issuer_of(session: Session, desk: Desk, body: dict[str, Any]) -> int:
    """The unit a workbook names; one that is not the user's is as absent as one that never was."""
    try:
        issuer = get_unit(session, str(body["plan"].get("issuer", ""))).id
    except UnitNotFound:
        issuer = 0
    if issuer not in issuers_of(desk):
        raise NotYourIssuer
    return issuer


def _copied(session: Session, before: PlanDraft) -> tuple[dict[str, Any], list[str]]:
    year = before.year + 1
    code = next_code(before.code, year=before.year, next_year=year)
    return to_workdays(into_year(before.body, code=code, year=year), get_calendar(session))


def _empty(
    session: Session, desk: Desk, issuer: int, year: str
) -> tuple[dict[str, Any], list[str]]:
    if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2099):
        raise YearWrong(year=desk.today.year + 1)
    issued = [plan for plan in list_plans(session) if plan.issuer == issuer]
    unit = get_card(session, issuer).code
    last = issued[0] if issued else None
    code = next_code(last.code, year=last.year, next_year=int(year)) if last else f"{unit}-{year}"
    body, notes = usual_plan(int(year), get_calendar(session), issuer=unit)
    body["plan"]["code"] = code
    return body, notes


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
