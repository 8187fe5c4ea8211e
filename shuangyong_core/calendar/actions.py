"""The one act of the calendar: a year's holiday notice is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from shuangyong_core.calendar.models import HolidayDay, HolidayNotice
from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.calendar.rules import NoticeDay, YearNotice, check_notice


def load_notice(
    session: Session,
    *,
    year: int,
    days: Sequence[NoticeDay],
    source: str,
    actor_key: str,
    at: datetime,
) -> bool:
    """This function will keep a year's notice in place of the one before it.

    It raises NoticeRefused, and answers False when the very same notice stands already. The dates
    of plans are not touched: whoever calls recomputes them.
    """
    check_notice(year, days)
    notice = YearNotice(year, source, tuple(sorted(days, key=lambda each: each.day)))
    if get_calendar(session).notices.get(year) == notice:
        return False
    session.execute(delete(HolidayDay).where(HolidayDay.year == year))
    session.execute(delete(HolidayNotice).where(HolidayNotice.year == year))
    kept = {"year": year, "source": source, "loaded_at": at, "loaded_by": actor_key}
    session.execute(insert(HolidayNotice), [kept])
    session.execute(
        insert(HolidayDay),
        [
            {"year": year, "day": each.day, "is_workday": each.is_workday, "name": each.name}
            for each in notice.days
        ],
    )
    return True
