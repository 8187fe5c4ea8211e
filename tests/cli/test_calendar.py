"""`calendar`: a year without its notice is provisional, and says so until the notice is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calendar.invented import NOTICE_2027
from tests.cli.conftest import Operator


@pytest.fixture
def next_year(district: Operator, linjiang: Path) -> Operator:
    """The example plan moved to 2027 by replacing the year; R4 opens after a make-up day."""
    text = (linjiang / "plan.yaml").read_text(encoding="utf-8").replace("2026", "2027")
    text = text.replace("due_date: 2027-10-15", "due_date: 2027-10-11")
    district.done("plan", "import", district.file("plan.yaml", text))
    return district


def rounds(operator: Operator) -> dict[str, dict[str, object]]:
    found = operator.done("plan", "show", "linjiang-2027", "--json").json["rounds"]
    return {each["code"]: each for each in found}


def test_a_year_says_whether_its_notice_is_out(operator: Operator) -> None:
    assert operator.done("calendar", "show", "2026", "--json").json == {
        "year": 2026,
        "provisional": False,
    }
    assert "暂定" in operator.done("calendar", "show", "2027").out


def test_dates_are_shown_as_provisional_until_the_notice_is_loaded(next_year: Operator) -> None:
    before, shown = rounds(next_year), next_year.done("plan", "show", "linjiang-2027").out
    notice = next_year.file("2027.csv", NOTICE_2027)

    said = next_year.done("calendar", "load", notice, "--source", "示例〔2027〕1号")

    after = rounds(next_year)
    assert shown.count("暂定") == 5 + 1
    assert all(each["is_provisional"] for each in before.values())
    assert not any(each["is_provisional"] for each in after.values())
    assert before["R4"]["opens_on"] != after["R4"]["opens_on"]
    assert "重算 5 次报送" in said.out
    assert "暂定" not in next_year.done("plan", "show", "linjiang-2027").out
    assert "已公布" in next_year.done("calendar", "show", "2027").out


def test_the_same_notice_twice_changes_nothing(next_year: Operator) -> None:
    notice = next_year.file("2027.csv", NOTICE_2027)
    next_year.done("calendar", "load", notice)
    before = next_year.dump()

    assert "没有变化" in next_year.done("calendar", "load", notice).out
    assert next_year.dump() == before


def test_a_notice_in_gb18030_is_read(operator: Operator) -> None:
    notice = operator.file("2027.csv", NOTICE_2027.encode("gb18030"))

    assert "2027年放假通知已装入" in operator.done("calendar", "load", notice).out


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2027-01-01,休", "2027-01-32,休", "2027.csv 第 2 行 “date”列"),
        ("2027-01-02,休", "2027-01-02,假", "2027.csv 第 3 行 “kind”列 值 假"),
        ("date,kind,name", "a,b,c", "2027.csv 第 1 行：表头"),
        ("2027-10-01,休,国庆\n", "", "缺少法定节假日 2027-10-01"),
    ],
)
def test_a_wrong_notice_is_refused_with_its_place(
    next_year: Operator, old: str, new: str, sentence: str
) -> None:
    notice = next_year.file("2027.csv", NOTICE_2027.replace(old, new))

    assert sentence in next_year.refused("calendar", "load", notice)
