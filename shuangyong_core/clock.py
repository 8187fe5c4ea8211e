"""The one place that reads the time; a pretend day shifts the date while time runs on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = date(1970, 1, 1)


def shanghai_date(at: datetime) -> date:
    """This function will give the business date in Shanghai of an instant."""
    return at.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """This function will give the instant (UTC) at which a Shanghai date is over: 24:00."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


def at_shanghai(day: date, hour: int, minute: int = 0) -> datetime:
    """This function will give the instant (UTC) of a wall-clock time in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def days_since_epoch(day: date) -> int:
    """This function will give a date as the integer it is stored as."""
    return (day - EPOCH).days


def date_of_days(days: int) -> date:
    """This function will give the date an integer stands for."""
    return EPOCH + timedelta(days=days)


class Clock:
    """Reads the time for the doors; `pretend` moves the date, never the hour."""

    def __init__(self, pretend: date | None = None) -> None:
        self._shift = timedelta()
        if pretend is not None:
            self._shift = timedelta(days=(pretend - shanghai_date(datetime.now(UTC))).days)

    def now(self) -> datetime:
        """This function will give the present instant, aware and in UTC."""
        return datetime.now(UTC) + self._shift

    def today(self) -> date:
        """This function will give the present date in Shanghai."""
        return shanghai_date(self.now())
