"""The holiday notices that came with the installation, as far as they reach."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar

from shuangyong_core.calendar.rules.notices import NoticeDay, YearNotice

SOURCE = "chinesecalendar"
NAMES = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


@cache
def bundled_notice(year: int) -> YearNotice | None:
    """This function will give the published notice of a year, or None when it is not known."""
    day = date(year, 1, 1)
    days: list[NoticeDay] = []
    try:
        while day.year == year:
            is_holiday, name = chinese_calendar.get_holiday_detail(day)
            if name or is_holiday != (day.weekday() >= 5):
                days.append(NoticeDay(day, is_workday=not is_holiday, name=NAMES.get(name, "")))
            day += timedelta(days=1)
    except NotImplementedError:
        return None
    return YearNotice(year, source=SOURCE, days=tuple(days))
