"""The example plan adds up, and asks no more than it promises."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from tests.examples import recount
from tests.examples.recount import Plan, Units

# Written out by hand: reporters, and above them streets, street unions, federation, district.
ASSIGNMENTS = {
    "A04": 13 + 1 + 1,
    "A15": 13 + 1,
    "A06": 13 + 1,
    "A05": 13 + 1,
    "A16": 1 + 1,
    "B08": 13 + 1 + 1,
    "B06": 255 + 13 + 1 + 1,
    "B03": 255 + 129 + 13 + 13 + 1 + 1,
    "C01": 13 + 1,
    "C02": 13 + 1,
    "C03": 129 + 13 + 1,
    "C04": 129 + 13 + 1,
    "C06": 13 + 1 + 1,
    "C14": 129 + 13 + 1,
    "D13": 1 + 1,
    "D05": 129 + 13 + 1,
    "D06": 129 + 13 + 1 + 1,
    "D12": 1 + 1,
    "F01": 1 + 1,
    "F10": 129 + 13 + 1,
    "G02": 13 + 1,
    "G03": 129 + 13 + 1,
    "G04": 1 + 1,
    "G07": 13 + 1,
    "K01": 13 + 1,
}


def test_the_plan_has_25_targets_and_says_every_goal_is_an_example(plan: Plan) -> None:
    codes = [target["code"] for target in plan["targets"]]
    goals = [
        goal
        for target in plan["targets"]
        for goal in (
            [target["goal"]]
            if "automatic" in target
            else [goal for _, _, goal in recount.groups(plan, target)]
        )
    ]

    assert len(codes) == len(set(codes)) == 25
    assert all(goal["note"] == "示例" for goal in goals)
    assert all(1 <= target["heading"] <= 8 for target in plan["targets"])


def test_every_target_has_a_known_indicator_and_every_indicator_is_used(plan: Plan) -> None:
    indicators = [indicator["code"] for indicator in plan["indicators"]]

    assert len(indicators) == len(set(indicators))
    assert {target["indicator"] for target in plan["targets"]} == set(indicators)


def test_rounds_are_due_on_their_dates(plan: Plan) -> None:
    assert {one["code"]: (one["title"], one["due_date"]) for one in plan["rounds"]} == {
        "R1": ("开年和春节", date(2026, 3, 6)),
        "R2": ("上半年", date(2026, 7, 10)),
        "R3": ("八一", date(2026, 8, 7)),
        "R4": ("国防教育", date(2026, 10, 15)),
        "R5": ("全年", date(2026, 12, 10)),
    }


def test_each_round_asks_for_its_items(units: Units, plan: Plan) -> None:
    items = recount.items_per_round(units, plan)

    assert items == {"R1": 185, "R2": 586, "R3": 157, "R4": 510, "R5": 729}
    assert items.total() == 2167


def test_through_the_first_half_a_street_with_n_communities_has_5n_and_9_items(
    units: Units, plan: Plan
) -> None:
    category = {target["code"]: target["category"] for target in plan["targets"]}
    for street, unit in units.items():
        if unit["kind"] == "street":
            n = sum(
                one["parent_code"] == street for one in units.values() if one["kind"] == "community"
            )
            cells = Counter(
                category[target]
                for target, code, one in recount.due_items(units, plan)
                if one in ("R1", "R2") and street in recount.path_to_root(units, code)
            )
            assert cells == {
                "组织领导": 3, "宣传教育": n + 2, "双拥活动": n + 2,
                "拥军实事": 2 * n + 1, "政策落实": n, "军民共建": 1,
            }  # fmt: skip


def test_no_unit_is_asked_more_than_its_kind_is_promised(units: Units, plan: Plan) -> None:
    burden = recount.burden(units, plan)

    assert {(units[code]["kind"], *load) for code, load in burden.items()} == {
        ("community", 4, 11),
        ("grassroots_union", 1, 2),
        ("street", 4, 17),
        ("union_federation", 4, 16),
        ("member_unit", 2, 2),
    }
    assert [code for code in burden if units[code]["kind"] == "member_unit"] == ["990106-CY16"]
    assert sum(numbers for _, numbers in burden.values()) == 2168


def test_each_target_is_assigned_to_its_reporters_and_everyone_above(
    units: Units, plan: Plan
) -> None:
    assert recount.assignments_per_target(units, plan) == ASSIGNMENTS


def test_the_households_to_visit_at_the_two_festivals(plan: Plan) -> None:
    goals = {target["code"]: target.get("goal") for target in plan["targets"]}

    assert goals["C03"] == {"total": 1290, "split": "base:beneficiaries", "note": "示例"}
    assert goals["C04"] == goals["C03"]


def test_every_clause_a_target_names_is_a_duty_and_every_duty_is_answered(
    plan: Plan, duties: dict[str, Any]
) -> None:
    named = {clause for target in plan["targets"] for clause in recount.clauses(target)}
    listed = [duty["clause"] for duty in duties["duties"]]
    explained = {one["clause"] for one in duties["not_measured"] if one["why_not"]}

    assert len(listed) == len(set(listed)) == 20
    assert named <= set(listed)
    assert set(listed) <= named | explained


def test_the_festival_written_twice_in_the_seed_is_one_target(
    plan: Plan, duties: dict[str, Any]
) -> None:
    spring = [
        target["code"]
        for target in plan["targets"]
        if "驻军单位" in target["title"] and "春节" in target["title"]
    ]
    duty = next(one for one in duties["duties"] if one["clause"] == "P1 三1")

    assert spring == ["C01"]
    assert "两次写到春节" in duty["note"]
