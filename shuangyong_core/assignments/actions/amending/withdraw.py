"""Targets that leave the plan: what was assigned of them is withdrawn, nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.amending.items import close_items, mark_items
from shuangyong_core.assignments.actions.amending.quotas import close_lost
from shuangyong_core.assignments.actions.amending.standing import settle_assignments
from shuangyong_core.assignments.actions.confirmation_marks import mark_confirmation
from shuangyong_core.assignments.actions.launch.work import WORK, clear_work, run
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Plan


def withdraw_targets(
    session: Session, plan: Plan, *, targets: Sequence[int], actor: Actor, at: datetime, note: str
) -> None:
    """This function will withdraw targets everywhere: with no work to do, nobody has a part."""
    if not targets:
        return
    clear_work(session)
    run(session, delete(WORK))
    run(session, close_lost(), targets=targets, at=at)
    run(session, close_items(), targets=targets, at=at, day=shanghai_date(at))
    touched = settle_assignments(
        session, issuer=plan.issuer, targets=targets, actor=actor, at=at, note=note
    )
    run(session, mark_items(), targets=targets)
    mark_confirmation(session, plan, units=sorted({unit for _, unit in touched}))
