"""Working days: by the published notice, by a loaded one, else Mon-Fri and the law."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.calendar.rules import Calendar, NoticeDay, YearNotice
from shuangyong_core.calendar.rules.published import bundled_notice

BUNDLED = Calendar()
LAW_ALONE = Calendar(bundled=lambda year: None)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
CALENDARS = st.sampled_from([BUNDLED, LAW_ALONE])
YEAR_2026 = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_every_day_of_2026_is_as_published() -> None:
    found = {day for day in YEAR_2026 if BUNDLED.is_workday(day)}

    assert found == {day for day in YEAR_2026 if chinese_calendar.is_workday(day)}
    assert len(found) == 248


def test_a_monday_to_friday_rule_would_be_wrong_on_25_days_of_2026() -> None:
    wrong = [day for day in YEAR_2026 if BUNDLED.is_workday(day) != (day.weekday() < 5)]

    assert len(wrong) == 25


@pytest.mark.parametrize("day", ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"])
def test_make_up_days_of_2026_are_worked(day: str) -> None:
    assert BUNDLED.is_workday(date.fromisoformat(f"2026-{day}"))


def test_a_year_without_notice_is_provisional() -> None:
    assert not BUNDLED.is_provisional(2026)
    assert bundled_notice(2060) is None
    assert BUNDLED.is_provisional(2060)
    assert LAW_ALONE.is_provisional(2026)


def test_a_provisional_year_is_monday_to_friday_without_statutory_days() -> None:
    off = [
        date(2027, 1, 1) + timedelta(days=n)
        for n in range(365)
        if not LAW_ALONE.is_workday(date(2027, 1, 1) + timedelta(days=n))
    ]

    assert [day.isoformat()[5:] for day in off if day.weekday() < 5] == [
        *("01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01")
    ]
    assert len([day for day in off if day.weekday() >= 5]) == 104


def test_counting_begins_with_the_next_day() -> None:
    # 02-13 is a Friday, 02-14 a worked Saturday, 02-15 to 02-23 the holiday.
    assert BUNDLED.add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert BUNDLED.add_workdays(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert BUNDLED.add_workdays(date(2026, 2, 17), -1) == date(2026, 2, 14)
    assert BUNDLED.add_workdays(date(2026, 2, 17), -5) == date(2026, 2, 10)
    assert BUNDLED.add_workdays(date(2026, 2, 17), 0) == date(2026, 2, 17)
    assert BUNDLED.workdays_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert BUNDLED.workdays_between(date(2026, 2, 24), date(2026, 2, 13)) == -2
    assert BUNDLED.workdays_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_a_notice_may_reach_into_the_december_before_it() -> None:
    notice = YearNotice(
        2027,
        source="test",
        days=(NoticeDay(date(2026, 12, 31), False), NoticeDay(date(2026, 12, 26), True)),
    )
    calendar = Calendar({2027: notice})

    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.is_workday(date(2026, 12, 26))
    assert BUNDLED.is_workday(date(2026, 12, 31))
    assert not BUNDLED.is_workday(date(2026, 12, 26))


def test_a_loaded_notice_stands_before_the_one_of_the_installation() -> None:
    calendar = Calendar({2026: YearNotice(2026, "test", (NoticeDay(date(2026, 3, 9), False),))})

    assert not calendar.is_workday(date(2026, 3, 9))
    assert not calendar.is_workday(date(2026, 2, 14))


@given(CALENDARS, DAYS, st.integers(-300, 300))
def test_counting_on_and_back_comes_home_on_a_working_day(
    calendar: Calendar, day: date, n: int
) -> None:
    start = calendar.add_workdays(day, 1)

    there = calendar.add_workdays(start, n)

    assert calendar.is_workday(there)
    assert calendar.add_workdays(there, -n) == start
    assert calendar.workdays_between(start, there) == n


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_working_days_between_add_up(
    calendar: Calendar, first: date, second: date, third: date
) -> None:
    whole = calendar.workdays_between(first, third)

    parts = calendar.workdays_between(first, second) + calendar.workdays_between(second, third)

    assert parts == whole
    assert calendar.workdays_between(first, second) == -calendar.workdays_between(second, first)


@given(CALENDARS, DAYS, st.integers(0, 800))
def test_working_days_between_is_what_counting_gives(
    calendar: Calendar, start: date, length: int
) -> None:
    days = [start + timedelta(days=n) for n in range(1, length + 1)]

    counted = sum(map(calendar.is_workday, days))

    assert calendar.workdays_between(start, start + timedelta(days=length)) == counted
