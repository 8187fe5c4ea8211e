"""调整计划: worked out whole, looked at, and taken back; or kept as one audited act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries.names import name_of
from shuangyong_core.amendments.actions.working_out import work_out
from shuangyong_core.amendments.queries.versions import told_of
from shuangyong_core.amendments.rules.preview import Preview, Wanted
from shuangyong_core.amendments.rules.sealing import is_of_other_text, targets_moved, version_of
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.guard.scanning import refuse_harm_in
from shuangyong_core.plans.models import Plan, PlanStatus, PlanVersion
from shuangyong_core.plans.queries.authority import require_reach
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.reports.queries.happened import shown_instant
from shuangyong_core.rollups.actions.alone import FOLD, take_turn


class NotAmendable(Refused):
    """The plan has not gone down yet, is just going down, or its year is being closed."""

    message = "计划 {plan} 现在是“{status}”，不能调整；草稿直接改，下达完以后才调整。"
    code = "not_amendable"


class PlanAmended(Conflict):
    """Another amendment came between the preview and the act."""

    message = "{who}已于{when}把计划调整为第{no}版，您这次没有写入。请按新的一版再预览。"
    code = "plan_amended"


class NumbersMoved(Conflict):
    """What was previewed is no longer what would happen."""

    message = "预览以后，{what}的分解或报送有了变化，这次没有写入。请看新的预览再确认。"
    code = "numbers_moved"


def preview_amendment(
    session: Session, plan: Plan, wanted: Wanted, *, actor: Actor, at: datetime
) -> Preview:
    """This function will say what an amendment would change; everything is taken back again.

    Raises Problems, NotAmendable, NothingToAmend, NotAllowed, like the act itself.
    """
    _require(session, plan, wanted, actor)
    trial = session.begin_nested()
    try:
        return work_out(session, plan, wanted, actor=actor, at=at)
    finally:
        trial.rollback()
        session.expire(plan)


def amend_plan(
    session: Session,
    plan: Plan,
    wanted: Wanted,
    *,
    seal: str | None = None,
    actor: Actor,
    at: datetime,
) -> Preview:
    """This function will amend a running plan in one act and give what was changed.

    With the seal of a preview it does exactly what was previewed: raises PlanAmended or
    NumbersMoved when that is no longer so.
    """
    _require(session, plan, wanted, actor)
    take_turn(session, job=FOLD, at=at)
    session.refresh(plan, with_for_update=True)
    done = work_out(session, plan, wanted, actor=actor, at=at, must_tell=True)
    if seal:
        _require_unmoved(session, plan, seal, done)
    said = told_of(done, actor=actor)
    this = (PlanVersion.plan == plan.id, PlanVersion.no == done.next_version)
    session.execute(update(PlanVersion).where(*this).values(diff=said))
    detail = {
        "version": done.next_version,
        "targets": len(done.targets),
        "rounds": len(done.rounds),
        "units": len(done.units),
        "set_aside": sum(len(one.set_aside) for one in done.targets),
    }
    record(session, act="plan.amend", subject=plan.code, actor=actor.key, at=at, detail=detail)
    session.expire(plan)
    return done


def _require(session: Session, plan: Plan, wanted: Wanted, actor: Actor) -> None:
    require_reach(session, plan, plan.issuer, actor, Role.ISSUER)
    if plan.status != PlanStatus.ACTIVE:
        raise NotAmendable(plan=plan.code, status=WORDS[PlanStatus(plan.status)])
    refuse_harm_in({"reason": wanted.reason, "set_aside": dict(wanted.set_aside)})


def _require_unmoved(session: Session, plan: Plan, seal: str, done: Preview) -> None:
    if version_of(seal) != str(done.version):
        latest = session.execute(
            select(PlanVersion.no, PlanVersion.applied_at, PlanVersion.diff)
            .where(PlanVersion.plan == plan.id, PlanVersion.no < done.next_version)
            .order_by(PlanVersion.no.desc())
            .limit(1)
        ).one()
        who = name_of(session, str(latest.diff.get("actor", "")))
        raise PlanAmended(who=who, when=shown_instant(latest.applied_at), no=latest.no)
    moved = targets_moved(seal, done)
    if moved or is_of_other_text(seal, done):
        raise NumbersMoved(what="、".join(moved) or "要改的内容")
