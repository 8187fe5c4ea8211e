"""The one place where a plan's status changes; every move is a step."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict
from shuangyong_core.marks.actions import take_step
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.rules.status import check_move


class PlanMoved(Conflict):
    """The plan's status changed between reading and moving it."""

    message = "计划的状态刚刚变了，请刷新后再办。"
    code = "plan_moved"


def move_plan(
    session: Session, plan: Plan, *, to: PlanStatus, actor: Actor, at: datetime, note: str = ""
) -> None:
    """This function will move a plan to its next status, or raise PlanCannotMove.

    A plan that stands there already is left as it is: a repeated launch is no second launch.
    """
    if plan.status == to:
        return
    before = plan.status
    check_move(before, to)
    moved = session.execute(
        update(Plan)
        .where(Plan.id == plan.id, Plan.status == before)
        .values(status=to.value, launched_at=at if to is PlanStatus.LAUNCHING else plan.launched_at)
        .returning(Plan.id)
    )
    if moved.scalar_one_or_none() is None:
        raise PlanMoved()
    take_step(
        session,
        subject_kind="plan",
        subject_id=plan.id,
        unit=plan.issuer,
        from_status=before,
        to_status=to,
        at=at,
        actor=actor.key,
        note=note,
    )
    record(
        session,
        act=f"plan.{to.value}",
        subject=plan.code,
        actor=actor.key,
        at=at,
        detail={"from": before},
    )
