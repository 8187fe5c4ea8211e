"""The last step of a launch: count that nothing is missing, then the year is running."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.queries.launching import (
    LAUNCHED,
    LAUNCHING,
    TARGET,
    count_missing,
    unfinished_targets,
)
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Refused
from shuangyong_core.marks.actions import take_steps
from shuangyong_core.plans.actions import move_plan
from shuangyong_core.plans.models import Plan, PlanStatus


class Incomplete(Refused):
    """Some branch has not been sent down yet."""

    message = "还有 {assignments} 项任务、{due_items} 个应报事项没有下达，请再次执行下达。"
    code = "launch_incomplete"


def finish_launch(session: Session, plan: Plan, *, at: datetime, actor: Actor) -> Sequence[int]:
    """This function will close a launch and give the targets now down; raises Incomplete."""
    session.refresh(plan, with_for_update=True)
    pending = unfinished_targets(session, plan)
    if not pending:
        return []
    missing = count_missing(session, plan, pending)
    if missing.assignments or missing.due_items:
        raise Incomplete(assignments=missing.assignments, due_items=missing.due_items)
    take_steps(
        session, subject_kind=TARGET, subjects=[(target, plan.issuer) for target in pending],
        from_status=LAUNCHING, to_status=LAUNCHED, at=at, actor=actor.key,
    )  # fmt: skip
    if plan.status == PlanStatus.LAUNCHING:
        move_plan(session, plan, to=PlanStatus.ACTIVE, at=at, actor=actor)
    detail = {"targets": len(pending)}
    record(session, act="plan.launched", subject=plan.code, actor=actor.key, at=at, detail=detail)
    return pending
