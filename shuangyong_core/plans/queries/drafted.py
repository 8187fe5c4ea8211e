"""A plan that was not sent down yet, seen against the units of today and the calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.plans.models import Plan, Target
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.coverage import without_goal
from shuangyong_core.plans.rules.stage_chain import Shortfall
from shuangyong_core.plans.rules.survey import Survey, survey


def uncovered_by(session: Session, plan: Plan) -> Sequence[str]:
    """This function will give the codes of units that a drafted plan asks for nothing."""
    found = _survey(session, plan, None)
    return without_goal(found.text, found.under) if found.text and found.under else ()


def shortfalls_before(
    session: Session, plan: Plan, *, starts_on: date, targets: Collection[int] | None = None
) -> Sequence[Shortfall]:
    """This function will give the rounds that cannot be met if targets go down on a day."""
    codes = None
    if targets is not None:
        codes = set(session.scalars(select(Target.code).where(Target.id.in_(targets))))
    return _survey(session, plan, starts_on, codes).shortfalls


def _survey(
    session: Session, plan: Plan, starts_on: date | None, codes: Collection[str] | None = None
) -> Survey:
    units, calendar = get_unit_list(session), get_calendar(session)
    body, known = plan_body(session, plan), get_indicators(session)
    if codes is not None:
        body = {**body, "targets": [one for one in body["targets"] if one["code"] in codes]}
    return survey(body, units, calendar, known=known, starts_on=starts_on)
