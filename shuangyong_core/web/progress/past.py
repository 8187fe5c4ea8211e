"""进度 as of a past day (截至): the same page, read in a session in which that day is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shuangyong_core.apart import apart
from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.plans.queries import list_rounds
from shuangyong_core.rollups.queries import NoPlace
from shuangyong_core.rollups.queries.seen import NotYetThere
from shuangyong_core.rollups.turn_back import BeforeLaunch, DayToCome, turn_back
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.pages.progress_view import ProgressView
from shuangyong_core.web.progress.asked import look
from shuangyong_core.web.progress.page import progress_view

NO_SUCH_DAY = (NotADate, DayToCome, BeforeLaunch, NotYetThere)


def past_day(desk: Desk, written: str) -> date | None:
    """This function will read the day asked for; none is now, and so is today. Raises NotADate."""
    if not written.strip():
        return None
    day = parse_date(written, field="截至").day
    return None if day == desk.today else day


def past_view(desk: Desk, day: date, *, unit: str, round: str, by: str) -> ProgressView:
    """This function will gather the page as of a day: who may see is asked of today.

    Raises DayToCome, BeforeLaunch and NotYetThere.
    """
    with apart(desk.engine) as session:
        asked = look(session, desk, unit=unit, round=round, by=by)
        turn_back(session, asked.plan, day=day, today=desk.today)
        rounds = list_rounds(session, asked.plan.id)
        named = next((each for each in rounds if each.id == asked.round_id), None)
        then = replace(asked, round=named, rounds=rounds, today=day, as_of=day)
        try:
            return progress_view(session, then, desk.actor)
        except NoPlace:
            raise NotYetThere(day=day.isoformat()) from None
