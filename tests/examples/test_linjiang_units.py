"""The example district is complete and hangs together in both trees."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.examples import recount
from tests.examples.recount import Plan, Units

UNITS_PER_KIND = {
    "district": 1,
    "street": 13,
    "community": 129,
    "union_federation": 1,
    "union_subfederation": 13,
    "grassroots_union": 255,
    "member_unit": 26,
    "armed_forces_dept": 1,
}
COMMUNITIES_PER_STREET = {
    "江滨": 12, "文昌": 11, "东门": 10, "柳林": 9, "龙泉": 12, "青山": 8, "石桥": 10,
    "望湖": 11, "南浦": 9, "北固": 8, "清源": 10, "云溪": 9, "金沙": 10,
}  # fmt: skip


def test_the_district_has_every_unit_it_promises(units: Units) -> None:
    assert Counter(unit["kind"] for unit in units.values()) == UNITS_PER_KIND


def test_each_street_has_its_communities_under_codes_of_its_own(units: Units) -> None:
    streets = [unit for unit in units.values() if unit["kind"] == "street"]
    communities = [unit for unit in units.values() if unit["kind"] == "community"]
    per_street = Counter(units[unit["parent_code"]]["name"] for unit in communities)

    assert [unit["name"] for unit in streets] == [f"{name}街道" for name in COMMUNITIES_PER_STREET]
    assert per_street == {f"{name}街道": n for name, n in COMMUNITIES_PER_STREET.items()}
    assert all(unit["code"].startswith(unit["parent_code"]) for unit in communities)


def test_no_two_units_share_a_name_and_none_is_outside_the_invented_codes(units: Units) -> None:
    assert len({unit["name"] for unit in units.values()}) == len(units)
    assert all(code.startswith("990106") for code in units)


@pytest.mark.parametrize("by", ["responsibility", "territory"])
def test_every_unit_reaches_the_district_in_both_trees(units: Units, by: str) -> None:
    roots = {recount.path_to_root(units, code, by=by)[-1] for code in units}

    assert roots == {"990106"}


def test_unions_answer_to_the_federation_and_sit_in_their_street(units: Units) -> None:
    for code, unit in units.items():
        if unit["kind"] == "grassroots_union":
            line = [units[one]["kind"] for one in recount.path_to_root(units, code)]
            place = [
                units[one]["kind"] for one in recount.path_to_root(units, code, by="territory")
            ]
            assert line == [
                "grassroots_union",
                "union_subfederation",
                "union_federation",
                "district",
            ]
            assert place == ["grassroots_union", "community", "street", "district"]


def test_every_reporter_has_the_base_its_goal_is_split_by(units: Units, plan: Plan) -> None:
    for target in plan["targets"]:
        split = target.get("goal", {}).get("split", "equal")
        if split.startswith("base:"):
            bases = [units[code][split] for code in recount.reporters(units, plan, target)]
            assert all(int(base) > 0 for base in bases), target["code"]
    unions = [unit for unit in units.values() if unit["kind"] == "grassroots_union"]
    assert all(int(unit["base:members"]) > 0 for unit in unions)
