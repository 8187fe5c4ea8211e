"""The long holidays of a year: as announced, and where a year's notice is not out, as usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shuangyong_core.calendar.rules import Calendar

ONE_DAY = timedelta(days=1)
LONG_HOLIDAY = 3  # days off in a row; a plain weekend has two
# Where the days off lie at the least in the notices since 2025, in days from the festival.
USUAL = (("春节", -1, 6), ("劳动节", 0, 4), ("国庆", 0, 6))


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row, both ends counted; `name` where it is only what is usual."""

    first: date
    last: date
    name: str = ""

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def long_holidays(year: int, calendar: Calendar) -> tuple[Holiday, ...]:
    """This function will give the year's runs of three days off and more."""
    if calendar.is_provisional(year):
        return tuple(sorted(_usual(year, calendar), key=lambda one: one.first))
    return tuple(one for one in _runs(year, calendar) if one.days >= LONG_HOLIDAY)


def usually_off(day: date, calendar: Calendar) -> str:
    """This function will name the holiday a day usually lies in while its notice is not out."""
    if not calendar.is_provisional(day.year):
        return ""
    found = (one.name for one in _usual(day.year, calendar) if one.first <= day <= one.last)
    return next(found, "")


def days_off(day: date, step: timedelta, calendar: Calendar) -> int:
    """This function will count the days off next to a day, going by `step`."""
    count = 0
    while not calendar.is_workday(day + step * (count + 1)):
        count += 1
    return count


def _usual(year: int, calendar: Calendar) -> Iterator[Holiday]:
    for name, before, after in USUAL:
        (found,) = calendar.resolve(name, year)
        yield Holiday(
            found.nominal_date + before * ONE_DAY, found.nominal_date + after * ONE_DAY, name
        )


def _runs(year: int, calendar: Calendar) -> Iterator[Holiday]:
    day, last = date(year, 1, 1), date(year, 12, 31)
    while day <= last:
        if calendar.is_workday(day):
            day += ONE_DAY
            continue
        length = days_off(day, ONE_DAY, calendar)
        yield Holiday(day, day + length * ONE_DAY)
        day += (length + 1) * ONE_DAY
