"""Drafts of plans as their issuer sees them: another's is as absent as what never was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.errors import Conflict
from shuangyong_core.plans.models import Plan, PlanDraft, PlanStatus
from shuangyong_core.plans.queries.authority import ROLE_WORDS, NotAllowed
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.queries.plan import PlanNotFound, latest_version
from shuangyong_core.plans.rules.survey import Survey, survey


class DraftMoved(Conflict):
    """The draft was saved by somebody else after this page was opened."""

    message = "这份草稿刚被{who}改过（{at}），请先看新的内容，再改一次。"
    code = "draft_moved"


def get_draft(session: Session, code: str, *, actor: Actor) -> PlanDraft:
    """This function will give a draft of the actor's unit; raises PlanNotFound, NotAllowed.

    A plan without one, imported by command, is given as a draft of version 0 that is not kept.
    """
    draft = session.scalar(select(PlanDraft).where(PlanDraft.code == code))
    if draft is None or _is_outdated(session, draft):
        draft = _seen_as_draft(session, code)
    mine = actor.is_unlimited or (
        draft is not None and draft.issuer in {grant.unit for grant in actor.grants}
    )
    if draft is None or not mine:
        raise PlanNotFound(code=code, what="计划")
    if not actor.is_unlimited and draft.issuer not in actor.units_with(Role.ISSUER):
        raise NotAllowed(roles=ROLE_WORDS[Role.ISSUER])
    return draft


def _seen_as_draft(session: Session, code: str) -> PlanDraft | None:
    plan = session.scalar(select(Plan).where(Plan.code == code))
    if plan is None:
        return None
    return PlanDraft(
        code=code,
        issuer=plan.issuer,
        year=plan.year,
        body=plan_body(session, plan),
        origin="",
        version=0,
        saved_at=plan.created_at,
        actor="",
    )


def list_drafts(session: Session, *, actor: Actor) -> Sequence[PlanDraft]:
    """This function will list the drafts of the units the actor issues for, the latest first."""
    found = select(PlanDraft).order_by(PlanDraft.year.desc(), PlanDraft.code)
    if not actor.is_unlimited:
        found = found.where(PlanDraft.issuer.in_(actor.units_with(Role.ISSUER)))
    return session.scalars(found).all()


def plan_of(session: Session, draft: PlanDraft) -> Plan | None:
    """This function will give the plan that the draft became, if it was published."""
    return session.scalar(select(Plan).where(Plan.code == draft.code))


def is_open(session: Session, draft: PlanDraft) -> bool:
    """This function will say whether the draft may still be changed: nothing was sent down yet,
    or it amends what was."""
    plan = plan_of(session, draft)
    return plan is None or plan.status == PlanStatus.DRAFT or is_amending(session, draft)


def is_amending(session: Session, draft: PlanDraft) -> bool:
    """This function will say whether the draft amends the plan as it stands now."""
    plan = plan_of(session, draft) if draft.amends else None
    if plan is None or plan.status != PlanStatus.ACTIVE:
        return False
    return draft.amends == latest_version(session, plan.id)


def _is_outdated(session: Session, draft: PlanDraft) -> bool:
    """A plan that was amended since is shown as it stands, not as it was drafted."""
    plan = plan_of(session, draft)
    if plan is None or latest_version(session, plan.id) < 2:
        return False
    return not is_amending(session, draft)


def survey_draft(session: Session, draft: PlanDraft, *, starts_on: date | None = None) -> Survey:
    """This function will look a draft over against today's units, indicators and holidays."""
    return survey(
        draft.body,
        get_unit_list(session),
        get_calendar(session),
        known=get_indicators(session),
        starts_on=starts_on,
    )
