"""A plan, drafted or sent down, run on the pretend clock with the units and holidays of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import PlanDraft
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.draft import get_draft, is_open, plan_of
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.check_dates import check_dates
from shuangyong_core.plans.rules.survey import Survey, survey
from shuangyong_core.supervision.queries.habits import habits_before
from shuangyong_core.supervision.rules.rehearsal import Rehearsal, rehearse


class CannotRehearse(Problems):
    """The plan cannot be read so far that its year could be run."""

    message = "计划还有 {count} 处要改，改好后再演练。"
    code = "cannot_rehearse"


def rehearse_plan(session: Session, code: str, *, actor: Actor, today: date) -> Rehearsal:
    """This function will rehearse a plan the actor issues; nothing is written.

    Raises PlanNotFound, NotAllowed, and CannotRehearse with what stands in the way.
    """
    draft = get_draft(session, code, actor=actor)
    calendar = get_calendar(session)
    found = _survey(session, draft, calendar)
    text, under = found.text, found.under
    if text is None or under is None or found.problems:
        raise CannotRehearse(_named(found))
    dated, _ = check_dates(text, calendar)
    habits_of, habits = habits_before(
        session, issuer=draft.issuer, year=draft.year, calendar=calendar, today=today
    )
    return rehearse(text, dated, under, calendar, habits=habits, habits_of=habits_of, today=today)


def _survey(session: Session, draft: PlanDraft, calendar: Calendar) -> Survey:
    """What was sent down stands as it was amended, whatever its draft said."""
    plan = plan_of(session, draft)
    body = draft.body if plan is None or is_open(session, draft) else plan_body(session, plan)
    known = get_indicators(session)
    return survey(body, get_unit_list(session), calendar, known=known)


def _named(found: Survey) -> Sequence[Problem]:
    missing = Problem("no_units", "还没有发布单位以下的单位，请先导入单位。")
    return found.problems or (missing,)
