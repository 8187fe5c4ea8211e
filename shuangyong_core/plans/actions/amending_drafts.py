"""修改计划: a draft of a running plan, begun from what stands, changed by the pages of a draft."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan, PlanDraft, PlanStatus
from shuangyong_core.plans.queries.authority import require_reach
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.draft import is_amending
from shuangyong_core.plans.queries.plan import latest_version
from shuangyong_core.plans.rules.status import WORDS


class NotRunning(Refused):
    """Only a plan that runs is amended."""

    message = "计划 {plan} 现在是“{status}”，不用调整；草稿直接改。"
    code = "not_running"


def begin_amending(session: Session, plan: Plan, *, actor: Actor, at: datetime) -> PlanDraft:
    """This function will open a draft of the plan as it stands; one that is open goes on."""
    require_reach(session, plan, plan.issuer, actor, Role.ISSUER)
    if plan.status != PlanStatus.ACTIVE:
        raise NotRunning(plan=plan.code, status=WORDS[PlanStatus(plan.status)])
    draft = session.scalar(select(PlanDraft).where(PlanDraft.code == plan.code))
    if draft is not None and is_amending(session, draft):
        return draft
    no, body = latest_version(session, plan.id), plan_body(session, plan)
    if draft is None:
        draft = PlanDraft(code=plan.code, issuer=plan.issuer, year=plan.year, version=0)
    draft.body, draft.origin, draft.amends = body, f"第{no}版", no
    draft.version, draft.saved_at, draft.actor = draft.version + 1, at, actor.key
    session.add(draft)
    session.flush()
    detail = {"version": no}
    record(session, act="plan.amending", subject=plan.code, actor=actor.key, at=at, detail=detail)
    return draft


def stop_amending(session: Session, plan: Plan, *, actor: Actor, at: datetime) -> None:
    """This function will let go of what was typed; the plan stays as it stands."""
    require_reach(session, plan, plan.issuer, actor, Role.ISSUER)
    draft = session.scalar(select(PlanDraft).where(PlanDraft.code == plan.code))
    if draft is None or draft.amends is None:
        return
    draft.body, draft.amends = plan_body(session, plan), None
    draft.version, draft.saved_at, draft.actor = draft.version + 1, at, actor.key
    session.flush()
    record(session, act="plan.amending_stop", subject=plan.code, actor=actor.key, at=at)
