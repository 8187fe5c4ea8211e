"""A plan that was not sent down yet, seen against the units of today and the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.coverage import without_goal
from shuangyong_core.plans.rules.stage_chain import Shortfall
from shuangyong_core.plans.rules.survey import Survey, survey


def uncovered_by(session: Session, plan: Plan) -> Sequence[str]:
    """This function will give the codes of units that a drafted plan asks for nothing."""
    found = _survey(session, plan, None)
    return without_goal(found.text, found.under) if found.text and found.under else ()


def shortfalls_before(session: Session, plan: Plan, *, starts_on: date) -> Sequence[Shortfall]:
    """This function will give the rounds of a drafted plan that cannot be met from a day on."""
    return _survey(session, plan, starts_on).shortfalls


def _survey(session: Session, plan: Plan, starts_on: date | None) -> Survey:
    units, calendar = get_unit_list(session), get_calendar(session)
    body, known = plan_body(session, plan), get_indicators(session)
    return survey(body, units, calendar, known=known, starts_on=starts_on)
