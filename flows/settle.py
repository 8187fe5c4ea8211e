"""Each working morning overdue default splits stand, recorded as automatic; holders may change."""

from __future__ import annotations

from functools import partial

from prefect import flow
from sqlalchemy.orm import Session

from flows import office
from shuangyong_core.assignments.actions.settle_defaults import settle_defaults
from shuangyong_core.assignments.queries.settling import list_settling_plans
from shuangyong_core.plans.models import Plan


@flow(name="settle-defaults")
async def settle_every_default() -> int:
    """This flow will let overdue proposals stand in every running plan; gives how many."""
    plans = await office.read(list_settling_plans)
    return sum([await office.write(partial(_settle, plan_id=plan_id)) for plan_id in plans])


def _settle(session: Session, *, plan_id: int) -> int:
    return settle_defaults(session, session.get_one(Plan, plan_id), at=office.now())
