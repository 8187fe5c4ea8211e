"""A plan is imported as a draft: checked whole, written whole, or refused with nothing changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.audit.actions import record
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.errors import Problems, Refused
from shuangyong_core.marks.actions import take_step
from shuangyong_core.plans.actions.content import Content, content_of
from shuangyong_core.plans.actions.kept_content import kept_content
from shuangyong_core.plans.actions.writing import (
    delete_content,
    update_head,
    write_content,
    write_head,
    write_indicators,
)
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries.authority import ROLE_WORDS, NotAllowed
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.units.queries import get_unit
from shuangyong_core.units.rules import UnitList


class PlanLaunched(Refused):
    """A plan that is no longer a draft is imported with another content."""

    message = (
        "计划 {code} 已经下达（{status}），不能用导入来改。请用 plan amend 调整，或换一个计划编码。"
    )
    code = "plan_launched"


class PlanStands(Refused):
    """Another draft of this code stands, and the import does not say it replaces it."""

    message = "已有编码为 {code} 的计划草稿，内容不同。要用新文件代替它，请加 --replace。"
    code = "plan_stands"


def import_plan(
    session: Session, text: PlanText, *, replace: bool = False, actor: Actor, at: datetime
) -> Plan:
    """This function will keep a plan file as a draft; the same file twice changes nothing.

    It raises Problems, NotAllowed, PlanStands or PlanLaunched, and then nothing is written.
    """
    plan = session.scalar(select(Plan).where(Plan.code == text.head.code))
    content = _checked(session, text)
    _require_issuer(actor, {content.issuer, plan.issuer if plan else content.issuer})
    if plan is not None:
        if kept_content(session, plan).is_same_as(content):
            return plan
        if plan.status != PlanStatus.DRAFT:
            raise PlanLaunched(code=plan.code, status=WORDS[plan.status])
        if not replace:
            raise PlanStands(code=plan.code)
    return _write(session, plan, text, content, actor=actor, at=at)


def _require_issuer(actor: Actor, issuers: set[int]) -> None:
    if not actor.is_unlimited and not issuers <= actor.units_with(Role.ISSUER):
        raise NotAllowed(roles=ROLE_WORDS[Role.ISSUER])


def _checked(session: Session, text: PlanText) -> Content:
    # Without a single unit the issuer cannot be there either, and the check must say so.
    units = get_unit_list(session) or UnitList("", ())
    report = check(text, units, get_calendar(session), known=get_indicators(session))
    if report.problems:
        raise Problems(report.problems)
    return content_of(text, report.dated, issuer=get_unit(session, text.head.issuer).id)


def _write(
    session: Session,
    plan: Plan | None,
    text: PlanText,
    content: Content,
    *,
    actor: Actor,
    at: datetime,
) -> Plan:
    write_indicators(session, text)
    if plan is None:
        plan = write_head(session, content, at=at)
        take_step(
            session,
            subject_kind="plan",
            subject_id=plan.id,
            unit=plan.issuer,
            from_status=None,
            to_status=plan.status,
            at=at,
            actor=actor.key,
        )
    else:
        delete_content(session, plan)
        update_head(session, plan, content)
    write_content(session, plan, content)
    detail = {"targets": len(content.targets), "rounds": len(content.rounds)}
    record(session, act="plan.import", subject=plan.code, actor=actor.key, at=at, detail=detail)
    return plan
