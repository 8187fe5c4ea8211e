"""On which day each festival falls, and which days are statutory holidays (法定节假日)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from lunar_python import Lunar, Solar

SATURDAY = 5


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> Callable[[int], date]:
    return lambda year: _plain(Lunar.fromYmd(year, month, day).getSolar())


def _plain(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _new_years_eve(year: int) -> date:
    # The last lunar month has 29 or 30 days, so 除夕 is only known from the day after it.
    return _lunar(1, 1)(year) - timedelta(days=1)


def _qingming(year: int) -> date:
    return _plain(Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()["清明"])


def _defence_education_day(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 14)


FESTIVALS: dict[str, Callable[[int], date]] = {
    "元旦": _fixed(1, 1),
    "除夕": _new_years_eve,
    "春节": _lunar(1, 1),
    "清明": _qingming,
    "劳动节": _fixed(5, 1),
    "端午": _lunar(5, 5),
    "八一": _fixed(8, 1),
    "国防教育日": _defence_education_day,  # the third Saturday of September, never a fixed date
    "中秋": _lunar(8, 15),
    "烈士纪念日": _fixed(9, 30),
    "国庆": _fixed(10, 1),
}
# First day and number of days: the State Council's rule since 2025, and the one before it.
STATUTORY = {
    "元旦": 1,
    "除夕": 1,
    "春节": 3,
    "清明": 1,
    "劳动节": 2,
    "端午": 1,
    "中秋": 1,
    "国庆": 3,
}
STATUTORY_BEFORE_2025 = STATUTORY | {"除夕": 0, "劳动节": 1}


@cache
def festival_date(name: str, year: int) -> date:
    """This function will give the day a festival of FESTIVALS falls on in a year."""
    return FESTIVALS[name](year)


@cache
def statutory_days(year: int) -> dict[date, str]:
    """This function will give the statutory holidays of a year, each with its festival's name."""
    lengths = STATUTORY if year >= 2025 else STATUTORY_BEFORE_2025
    return {
        festival_date(name, year) + timedelta(days=offset): name
        for name, length in lengths.items()
        for offset in range(length)
    }
