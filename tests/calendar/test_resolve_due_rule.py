"""Where each due rule falls, which way it moves off a rest day, and when it is provisional."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.calendar.rules import Calendar, RuleUnknown, YearNotice, label, parse_notice
from shuangyong_core.calendar.rules.due import PERIODS
from shuangyong_core.calendar.rules.festivals import FESTIVALS, festival_date, statutory_days
from shuangyong_core.calendar.rules.published import bundled_notice
from tests.calendar.invented import NOTICE_2027

# What a later edition of the package may know of 2027 must not change these tests.
KNOWN = Calendar(bundled=lambda year: bundled_notice(year) if year <= 2026 else None)
YEAR, DAYS = parse_notice(NOTICE_2027)
LOADED = Calendar({YEAR: YearNotice(YEAR, "test", DAYS)}, bundled=KNOWN.bundled)


def dates(rule: str, year: int, calendar: Calendar = KNOWN) -> list[str]:
    """This function will give the resolved dates as text."""
    return [resolved.due_date.isoformat() for resolved in calendar.resolve(rule, year)]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("2026-03-31", "2026-03-31"),
        ("2026-10-04", "2026-10-04"),  # a Sunday: a plain date stays
        ("春节", "2026-02-14"),
        ("春节-1wd", "2026-02-14"),
        ("春节-5wd", "2026-02-10"),
        ("春节-1d", "2026-02-14"),
        ("春节-7d", "2026-02-10"),
        ("春节+1wd", "2026-02-24"),
        ("除夕", "2026-02-14"),
        ("除夕-1wd", "2026-02-14"),
        ("元旦", "2025-12-31"),
        ("清明", "2026-04-03"),
        ("劳动节", "2026-04-30"),
        ("五一-1wd", "2026-04-30"),
        ("端午", "2026-06-18"),
        ("八一", "2026-07-31"),
        ("八一-1d", "2026-07-31"),
        ("八一-1wd", "2026-07-31"),
        ("建军节-2wd", "2026-07-30"),
        ("国防教育日", "2026-09-18"),
        ("国防教育日+1d", "2026-09-20"),  # a Sunday, but worked
        ("烈士纪念日", "2026-09-30"),
        ("中秋", "2026-09-24"),
        ("国庆", "2026-09-30"),
        ("国庆节-1wd", "2026-09-30"),
        ("年末", "2026-12-31"),
        ("年末-10wd", "2026-12-17"),
        ("年末+5wd", "2027-01-08"),
        ("　春节－５wd ", "2026-02-10"),
    ],
)
def test_a_rule_with_one_date_in_2026(rule: str, due: str) -> None:
    assert dates(rule, 2026) == [due]


def test_a_period_rule_has_several_dates_in_a_year() -> None:
    assert dates("季末", 2026) == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
    assert dates("季末+5wd", 2026) == ["2026-04-08", "2026-07-07", "2026-10-13", "2027-01-08"]
    assert dates("半年末", 2026) == ["2026-06-30", "2026-12-31"]
    assert dates("季末-5wd", 2026)[1] == "2026-06-23"


def test_a_periods_date_on_a_rest_day_moves_forward() -> None:
    months = dates("月末", 2026)

    assert len(months) == 12
    assert months[0] == "2026-02-02"  # 01-31 is a Saturday
    assert months[1] == "2026-02-28"  # a Saturday, but worked
    assert months[4] == "2026-06-01"  # 05-31 is a Sunday


def test_a_rule_keeps_the_day_it_started_from() -> None:
    (resolved,) = KNOWN.resolve("国防教育日", 2026)

    assert resolved.nominal_date == date(2026, 9, 19)
    assert resolved.due_date == date(2026, 9, 18)
    assert resolved.rule == "国防教育日"


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("春节", ("2026-02-17", "2027-02-06", "2028-01-26")),
        ("除夕", ("2026-02-16", "2027-02-05", "2028-01-25")),
        ("清明", ("2026-04-05", "2027-04-05", "2028-04-04")),
        ("端午", ("2026-06-19", "2027-06-09", "2028-05-28")),
        ("中秋", ("2026-09-25", "2027-09-15", "2028-10-03")),
        ("国防教育日", ("2026-09-19", "2027-09-18", "2028-09-16")),
        ("八一", ("2026-08-01", "2027-08-01", "2028-08-01")),
        ("烈士纪念日", ("2026-09-30", "2027-09-30", "2028-09-30")),
    ],
)
def test_a_festival_falls_where_the_almanac_says(name: str, days: tuple[str, str, str]) -> None:
    found = tuple(festival_date(name, year).isoformat() for year in (2026, 2027, 2028))

    assert found == days


def test_mid_autumn_inside_the_national_holiday_is_one_day_off() -> None:
    assert statutory_days(2031)[date(2031, 10, 1)] in ("中秋", "国庆")
    assert len(statutory_days(2026)) == 13
    assert len(statutory_days(2031)) == 12


def test_the_law_of_2025_gave_two_days_more() -> None:
    more = {date(2025, 1, 28): "除夕", date(2025, 5, 2): "劳动节"}

    assert more.items() <= statutory_days(2025).items()
    assert len(statutory_days(2024)) == 11


@pytest.mark.parametrize(
    ("rule", "without", "loaded"),
    [
        ("春节-1wd", "2027-02-04", "2027-02-04"),
        ("春节-5wd", "2027-01-29", "2027-01-30"),
        ("清明", "2027-04-02", "2027-04-02"),
        ("八一-1d", "2027-07-30", "2027-07-30"),
        ("国防教育日", "2027-09-17", "2027-09-17"),
        ("烈士纪念日", "2027-09-30", "2027-09-30"),
        ("年末", "2027-12-31", "2027-12-31"),
    ],
)
def test_a_provisional_date_becomes_firm_when_the_notice_is_loaded(
    rule: str, without: str, loaded: str
) -> None:
    (before,) = KNOWN.resolve(rule, 2027)
    (after,) = LOADED.resolve(rule, 2027)

    assert (before.label, after.label) == (f"{without}（暂定）", loaded)


def test_a_date_that_leans_on_a_year_without_notice_is_provisional_too() -> None:
    last = KNOWN.resolve("季末+5wd", 2026)[-1]

    assert [each.provisional for each in KNOWN.resolve("季末+5wd", 2026)] == [*[False] * 3, True]
    assert last.label == "2027-01-08（暂定）"


def test_a_plain_date_is_never_provisional() -> None:
    (resolved,) = KNOWN.resolve("2027-02-05", 2027)

    assert not resolved.provisional
    assert KNOWN.resolve(date(2027, 2, 5), 2027) == [resolved]


def test_the_label_says_provisional() -> None:
    assert label(date(2027, 2, 5), True) == "2027-02-05（暂定）"
    assert label(date(2027, 2, 5), False) == "2027-02-05"


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "",
            "春节-",
            "春节-5",
            "春节-0wd",
            "春节 -5wd",
            "春节-5周",
            "-5wd",
            "春节前",
            "春节-1wd-1d",
        ),
        *("元宵", "季初", "2026-02-30", "2026-3-1", "2026.03.01", "03-31", "2026-03-31-1wd"),
        *("春节-５２３４wd", "christmas", "春节-1WD", "{rule}", "１３８００００１１１１"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_forms_there_are(rule: str) -> None:
    with pytest.raises(RuleUnknown) as refused:
        KNOWN.resolve(rule, 2026)

    assert all(name in str(refused.value) for name in (*FESTIVALS, *PERIODS, "2026-03-31", "-5wd"))
    assert "１３８００００１１１１" not in str(refused.value)


def test_the_refusal_names_the_rule() -> None:
    with pytest.raises(RuleUnknown, match="看不懂时限规则“元宵-5wd”"):
        KNOWN.resolve("元宵-5wd", 2026)


@given(
    st.sampled_from(sorted(FESTIVALS)),
    st.sampled_from(["", "-1wd", "-5wd", "+3wd", "-1d", "-9d"]),
    st.integers(2020, 2040),
)
def test_a_festivals_date_is_a_working_day_never_after_the_day_named(
    name: str, offset: str, year: int
) -> None:
    (resolved,) = KNOWN.resolve(name + offset, year)

    assert KNOWN.is_workday(resolved.due_date)
    if not offset.startswith("+"):
        assert resolved.due_date <= resolved.nominal_date


@given(st.sampled_from(sorted(PERIODS)), st.integers(2020, 2040))
def test_a_periods_date_is_a_working_day_never_before_its_end(name: str, year: int) -> None:
    for resolved in KNOWN.resolve(name, year):
        assert KNOWN.is_workday(resolved.due_date)
        assert resolved.due_date >= resolved.nominal_date
