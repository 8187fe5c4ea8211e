"""The calendar as it stands now: the notices loaded here, over those of the installation."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.calendar.models import HolidayDay, HolidayNotice
from shuangyong_core.calendar.rules import Calendar, NoticeDay, YearNotice


def get_calendar(session: Session) -> Calendar:
    """This function will read every loaded notice, in one query, into a Calendar."""
    rows = session.execute(
        select(
            HolidayNotice.year,
            HolidayNotice.source,
            HolidayDay.day,
            HolidayDay.is_workday,
            HolidayDay.name,
        )
        .join(HolidayDay, HolidayDay.year == HolidayNotice.year)
        .order_by(HolidayNotice.year, HolidayDay.day)
    )
    return Calendar(
        {
            year: YearNotice(year, source, tuple(NoticeDay(*row[2:]) for row in days))
            for (year, source), days in groupby(rows, key=lambda row: (row[0], row[1]))
        }
    )
