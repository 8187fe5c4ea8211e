"""牵头 and 配合 in a plan file: known units, none that reports itself, each with one lead."""

from __future__ import annotations

import pytest

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problems
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.leads import lead_of
from shuangyong_core.plans.rules.read_plan import read_body, read_plan
from shuangyong_core.plans.rules.units_under import see_from
from shuangyong_core.plans.workbook import read_plan_file, write_book
from shuangyong_core.units.rules import UnitList

GOOD = 'supporting: ["990106-CY11"]'


def test_the_example_names_a_supporter(plan_file: str, units: UnitList) -> None:
    plan = read_plan(plan_file.encode(), file="plan.yaml")

    supported = {one.code: one.supporting for one in plan.targets if one.supporting}
    assert supported == {"F01": ("990106-CY11",)}
    assert check(plan, units, Calendar()).problems == ()


@pytest.mark.parametrize(
    ("bad", "code", "said"),
    [
        ('supporting: ["990106-CY99"]', "unknown_unit", "没有编码为 990106-CY99 的配合单位"),
        ('supporting: ["990106-CY16"]', "supporter_reports", "990106-CY16 自己填报"),
        ("supporting: [成员单位]", "supporter_reports", "990106-CY16 自己填报"),
    ],
)
def test_a_supporter_that_cannot_be_one_is_named(
    plan_file: str, units: UnitList, bad: str, code: str, said: str
) -> None:
    assert GOOD in plan_file
    report = check(
        read_plan(plan_file.replace(GOOD, bad).encode(), file="plan.yaml"), units, Calendar()
    )

    assert [problem.code for problem in report.problems] == [code]
    assert said in report.problems[0].message
    assert "supporting" in (report.problems[0].field or "")


def test_a_kind_supports_the_nearest_lead_above_it_in_either_tree(
    plan_file: str, units: UnitList
) -> None:
    # A15 is each street's: its communities support it, by responsibility; of unions, by territory.
    by_street = plan_file.replace("  - code: A15\n", "  - code: A15\n    supporting: [community]\n")
    assert by_street != plan_file
    assert check(read_plan(by_street.encode()), units, Calendar()).problems == ()
    under = see_from("990106", units)
    assert under is not None
    streets = frozenset(under.by_kind["street"])
    for code in under.by_kind["community"]:
        assert lead_of(code, streets, under) == under.units[code].parent
    union = next(iter(under.by_kind["grassroots_union"]))
    sits_in = under.units[under.units[union].sits_in]
    assert lead_of(union, streets, under) == sits_in.parent

    by_member = by_street.replace("supporting: [community]", "supporting: [member_unit]")
    report = check(read_plan(by_member.encode()), units, Calendar())
    assert {problem.code for problem in report.problems} == {"no_lead"}
    assert "不知道配合谁" in report.problems[0].message


def test_what_the_product_counts_has_no_lead(plan_file: str) -> None:
    spoiled = plan_file.replace("  - code: K01\n", "  - code: K01\n    supporting: [street]\n")

    with pytest.raises(Problems) as wrong:
        read_plan(spoiled.encode(), file="plan.yaml")
    assert [problem.code for problem in wrong.value.problems] == ["no_lead"]


def test_a_workbook_carries_the_supporters(plan_file: str) -> None:
    import yaml

    body = yaml.safe_load(plan_file)
    data = write_book(body, offered=[], indicators=body["indicators"])
    text, _ = read_plan_file(data, file="plan.xlsx", known={})

    assert {one.code: one.supporting for one in text.targets if one.supporting} == {
        "F01": ("990106-CY11",)
    }
    assert read_body(body).targets[0].supporting == ()
