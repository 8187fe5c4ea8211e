"""A date is read in four forms; whatever could be another day is asked again."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.guard.dates import NotADate, parse_date


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("2021-07-01", ()),
        ("2021.7.1", ("日期写法已统一：2021-07-01",)),
        ("2021/7/1", ("日期写法已统一：2021-07-01",)),
        ("2021-7-01", ("日期写法已统一：2021-07-01",)),
        ("2021年7月1日", ("中文日期已统一：2021-07-01",)),
    ],
)
def test_four_forms_are_the_same_day(text: str, notes: tuple[str, ...]) -> None:
    parsed = parse_date(text)

    assert (parsed.day, parsed.notes) == (date(2021, 7, 1), notes)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("二〇二一年七月一日", "如果是 2021-07-01，请这样填。"),
        ("二零二六年十二月三十一日", "如果是 2026-12-31，请这样填。"),
        ("二〇二一年二月三十日", "请写成 2026-03-06 或 2026年3月6日。"),
    ],
)
def test_a_date_in_chinese_digits_is_proposed_not_taken(text: str, hint: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(text)

    (problem,) = refused.value.problems
    assert problem.code == "chinese_date"
    assert problem.message.endswith(hint)


def test_full_width_is_normalised_and_said() -> None:
    assert parse_date("２０２１．７．１").notes == ("全角数字已转为半角：2021.7.1",)
    assert parse_date("\u00a02021年７月１日 ").day == date(2021, 7, 1)


def test_a_date_from_yaml_or_a_date_cell_is_taken() -> None:
    assert parse_date(date(2026, 3, 6), year=2026).day == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("21.7.1", "short_year"),
        ("7/1/21", "short_year"),
        ("21年7月1日", "short_year"),
        ("1/7/2021", "ambiguous"),
        ("20210701", "run_together"),
        ("44378", "serial"),
        ("44378.99", "serial"),
        ("0", "serial"),
        ("60", "serial"),
        (44378, "serial"),
        (Decimal("44378.99"), "serial"),
        (True, "not_a_date"),
        ("2021-02-30", "no_such_day"),
        ("2021.13.1", "no_such_day"),
        ("2021-00-10", "no_such_day"),
        ("0021-01-01", "no_such_year"),
        ("2021-07/01", "not_a_date"),
        ("2021年7月1", "not_a_date"),
        ("7月", "not_a_day"),
        ("2021年7月", "not_a_day"),
        ("上半年", "not_a_day"),
        ("正月", "not_a_day"),
        ("2021-07-01T08:00", "with_time"),
        ("2021-07-01 24:00", "with_time"),
        (datetime(2021, 7, 1, 8, tzinfo=UTC), "with_time"),
        (None, "blank"),
        ("", "blank"),
        ("—", "blank"),
        ("x" * 100_000, "not_a_date"),
        ("٢٠٢١-٠٧-٠١", "not_a_date"),
    ],
)
def test_what_could_be_misread_is_refused(value: object, code: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(value)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert "请写成 2026-03-06" in problem.message


def test_another_year_is_refused_with_the_years_named() -> None:
    with pytest.raises(NotADate) as refused:
        parse_date("2025-07-03", year=2026, field="F10")

    assert str(refused.value) == "F10填的“2025-07-03”不能用：填报期为2026年，这里写的是2025年。"
    assert refused.value.problems[0].code == "wrong_year"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )

    assert {parse_date(form, year=day.year).day for form in forms} == {day}


@given(st.text(max_size=50) | st.text(alphabet="0123456789年月日./-: T", max_size=16))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    try:
        parsed = parse_date(text)
    except NotADate:
        return

    assert str(parsed.day.year) in unicodedata.normalize("NFKC", text)
