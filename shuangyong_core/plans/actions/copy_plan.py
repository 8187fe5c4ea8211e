"""Last year's plan becomes next year's draft: the same targets and goals, dates moved along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.errors import Refused
from shuangyong_core.plans.actions.import_plan import import_plan
from shuangyong_core.plans.models import Plan, PlanDraft
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators
from shuangyong_core.plans.rules.next_year import into_year
from shuangyong_core.plans.rules.read_plan import read_body
from shuangyong_core.plans.rules.workdays import to_workdays


class CodeTaken(Refused):
    """A plan or a draft of the new code is there already."""

    message = "已有编码为 {code} 的计划或草稿，请换一个编码；要看它用 plan show {code}。"
    code = "code_taken"


class SameYear(Refused):
    """A copy for the year it comes from would be a second plan of that year."""

    message = "计划 {plan} 就是 {year} 年的，请写另一个年度。"
    code = "same_year"


def copy_plan(
    session: Session, plan: Plan, *, code: str, year: int, actor: Actor, at: datetime
) -> tuple[Plan, list[str]]:
    """This function will keep a copy for another year as a draft, and say which dates moved.

    Nothing of the launch comes along: all targets are to be sent down anew, no edition, no round
    that is closed. Raises CodeTaken, SameYear, and all that import_plan does.
    """
    if year == plan.year:
        raise SameYear(plan=plan.code, year=year)
    for taken in (PlanDraft, Plan):
        if session.scalar(select(taken.id).where(taken.code == code)) is not None:
            raise CodeTaken(code=code)
    body = into_year(plan_body(session, plan), code=code, year=year)
    body, notes = to_workdays(body, get_calendar(session))
    text = read_body(body, known=get_indicators(session))
    return import_plan(session, text, actor=actor, at=at), notes
