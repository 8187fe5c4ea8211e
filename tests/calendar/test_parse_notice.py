"""A holiday notice is read whole, or every problem in it is named by row."""

from __future__ import annotations

from datetime import date

import pytest

from shuangyong_core.calendar.rules import NoticeDay, NoticeRefused, check_notice, parse_notice
from tests.calendar.invented import NOTICE_2027


def problems_of(text: str) -> list[tuple[int | None, str]]:
    """This function will give row and code of every problem a notice is refused with."""
    with pytest.raises(NoticeRefused) as refused:
        parse_notice(text)
    return [(problem.row, problem.code) for problem in refused.value.problems]


def test_a_notice_is_read_in_order_of_its_days() -> None:
    header, *lines = NOTICE_2027.splitlines()

    year, days = parse_notice("\n".join([header, *reversed(lines)]))

    assert year == 2027
    assert len(days) == 28
    assert days[0] == NoticeDay(date(2027, 1, 1), is_workday=False, name="元旦")
    assert [each.day.isoformat()[5:] for each in days if each.is_workday] == [
        *("01-30", "02-20", "05-08", "10-09")
    ]


def test_a_chinese_header_bom_crlf_and_full_width_are_the_same_notice() -> None:
    chinese = NOTICE_2027.replace("date,kind,name", "日期,类型,名称").replace("-", "－")

    assert parse_notice("\ufeff" + chinese.replace("\n", "\r\n")) == parse_notice(NOTICE_2027)


def test_english_kinds_other_date_forms_and_blank_rows_are_taken() -> None:
    text = NOTICE_2027.replace("休", "off").replace("班", "WORK").replace("2027-01-01", "2027.1.1")

    assert parse_notice(text.replace("\n2027-06", "\n,,\n\n2027-06")) == parse_notice(NOTICE_2027)


def test_the_name_may_be_left_out() -> None:
    text = "\n".join(line.rpartition(",")[0] for line in NOTICE_2027.splitlines())

    assert parse_notice(text)[1][0] == NoticeDay(date(2027, 1, 1), is_workday=False)


def test_days_of_the_december_before_belong_to_the_notice() -> None:
    year, days = parse_notice(NOTICE_2027 + "2026-12-31,休,元旦\n2026-12-26,班,元旦\n")

    assert year == 2027
    assert days[0].day == date(2026, 12, 26)


def test_all_problems_are_named_at_once_by_row() -> None:
    text = NOTICE_2027 + (
        "2027-02-30,休,春节\n"  # 30
        "27-03-01,假,\n"  # 31: two problems
        "2027-06-09,休,端午\n"  # 32: twice
        "2027-10-02,班,国庆\n"  # 33: twice too
        "2027-03-10,班,\n"  # 34: a Wednesday
        "2028-01-01,休,元旦\n"  # 35: another year
        "2026-11-30,休,\n"  # 36: not December
        f"2027-08-01,休,{'长' * 41}\n"  # 37
        "2027-09-11\n"  # 38: no kind
    )

    assert problems_of(text) == [
        (30, "no_such_day"),
        (31, "short_year"),
        (31, "kind"),
        (32, "day"),
        (33, "day"),
        (34, "day"),
        (35, "day"),
        (36, "day"),
        (37, "name"),
        (38, "kind"),
    ]


def test_a_notice_without_a_statutory_day_is_not_whole() -> None:
    text = NOTICE_2027.replace("2027-06-09,休,端午\n", "")

    with pytest.raises(NoticeRefused, match="有 1 处需要改") as refused:
        parse_notice(text)

    assert refused.value.problems[0].message == (
        "缺少法定节假日 2027-06-09（端午），请按通知补全。"
    )


def test_a_statutory_day_is_never_worked() -> None:
    text = NOTICE_2027.replace("2027-02-06,休", "2027-02-06,班")

    assert problems_of(text) == [(7, "day")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "header"),
        ("2027-01-01,休,元旦\n", "header"),
        ("date,kind,date\n2027-01-01,休,2027-01-01\n", "header"),
        ("date,kind,name\n", "empty"),
        ('date,kind,name\n"2027-01-01,休,元旦\n', "not_csv"),
    ],
)
def test_what_is_no_notice_is_refused(text: str, code: str) -> None:
    assert {found for _, found in problems_of(text)} == {code}


def test_days_given_as_values_are_checked_too() -> None:
    with pytest.raises(NoticeRefused, match="有 13 处需要改"):
        check_notice(2027, [])
    check_notice(*parse_notice(NOTICE_2027))
