"""The page of amendments put together: the draft against the plan, or why there is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from shuangyong_core.amendments.actions import preview_amendment
from shuangyong_core.amendments.actions.working_out import NothingToAmend
from shuangyong_core.amendments.queries.read_amendment import read_amendment_body
from shuangyong_core.amendments.queries.versions import VersionRow, list_versions
from shuangyong_core.amendments.rules.preview import Wanted
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries.draft import get_draft, is_amending
from shuangyong_core.plans.queries.plan import latest_version
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.web.amending.showing import preview_view, reasons_of
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.amend_view import AmendView, Version
from shuangyong_core.web.pages.shell import Day, Link

NOT_BEGUN = "没有打开的修改。点“修改计划”，改好任务、目标或日期，再回到这里看影响。"
NOTHING = "还没有改动：改好任务、目标或日期，这里就逐单位列出影响。"
NOT_RUNNING = "计划没有在执行，不能调整。"
SIGNS = {"add": "增", "change": "改", "drop": "免"}
STEPS = (("去改任务和目标", "targets"), ("去改报送日期", "rounds"), ("去改依据", "basis"))


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed on the page: the ground, what becomes of figures, what was seen."""

    reason: str = ""
    set_aside: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""

    @classmethod
    def of(cls, form: FormData) -> Said:
        """This function will read a form."""
        reason, seal = str(form.get("reason", "")).strip(), str(form.get("seal", ""))
        return cls(reason[:200], reasons_of(dict(form)), seal)


def wanted_of(session: Session, desk: Desk, plan: Plan, said: Said) -> Wanted:
    """This function will read the draft as an amendment; raises Problems."""
    body = get_draft(session, plan.code, actor=desk.actor).body
    return read_amendment_body(session, plan, body, reason=said.reason, set_aside=said.set_aside)


def amend_view(
    session: Session,
    desk: Desk,
    code: str,
    said: Said,
    *,
    asks: bool = False,
    refused: Refused | None = None,
) -> AmendView:
    """This function will make the page; raises PlanNotFound and NotAllowed."""
    plan = require_issuer(session, code, actor=desk.actor)
    draft = get_draft(session, code, actor=desk.actor)
    here = f"/plans/{plan.code}"
    runs = plan.status == PlanStatus.ACTIVE
    view = AmendView(
        code=plan.code,
        title=plan.title,
        year=plan.year,
        version=latest_version(session, plan.id),
        here=f"{here}/amend",
        is_amending=is_amending(session, draft),
        reason=said.reason,
        may_not="" if runs else NOT_RUNNING,
        links=tuple(Link(label, f"{here}/{step}") for label, step in STEPS),
        versions=tuple(map(_version, list_versions(session, plan))),
        errors=refused.lines if refused else (),
    )
    if not runs:
        return view
    if not view.is_amending:
        return replace(view, may_not=NOT_BEGUN)
    return _with_preview(session, desk, plan, view, said, asks=asks)


def _with_preview(
    session: Session, desk: Desk, plan: Plan, view: AmendView, said: Said, *, asks: bool
) -> AmendView:
    try:
        wanted = wanted_of(session, desk, plan, said)
        seen = preview_amendment(session, plan, wanted, actor=desk.actor, at=desk.at)
    except NothingToAmend:
        return replace(view, may_not=NOTHING)
    except Refused as refused:
        wrong = view.errors or refused.lines
        return replace(view, may_not="改好上面列的，再看影响。", errors=wrong)
    calendar = get_calendar(session)
    days = plan.within_acknowledge + plan.within_decompose
    by = calendar.add_workdays(desk.today, days)
    confirm_by = Day(by, calendar.is_provisional(by.year))
    lacks = any(one.set_aside and not one.why_aside for one in seen.targets)
    shown = preview_view(seen, confirm_by=confirm_by, here=view.here, asks=asks and not lacks)
    errors = ("已审核的数会失去归属：请在右边逐项写明原因。",) if asks and lacks else ()
    return replace(view, preview=shown, errors=view.errors or errors)


def _version(row: VersionRow) -> Version:
    told: Mapping[str, Any] = row.told
    changes = [
        f"{SIGNS[one['sign']]} {one['code']} {one['title']}{_fields(one)}"
        for name in ("rounds", "targets")
        for one in told.get(name, ())
    ]
    changes += [f"改 {one['label']}：{one['becomes']}" for one in told.get("head", ())]
    asides = [
        f"{one['code']} 已审核的 {len(one['set_aside'])} 个数留存备查，"
        f"不计入合计：{one['why_aside']}"
        for one in told.get("targets", ())
        if one["set_aside"]
    ]
    first = ("下达时的计划",) if row.no == 1 else ()
    return Version(row.no, row.applied_at, row.who, row.reason, (*first, *changes), tuple(asides))


def _fields(one: Mapping[str, Any]) -> str:
    if one["sign"] != "change":
        return ""
    told = [f"{each['label']} {each['was']} → {each['becomes']}" for each in one["fields"]]
    return f"（{'；'.join(told)}）" if told else ""
