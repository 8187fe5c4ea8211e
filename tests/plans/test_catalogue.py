"""The catalogue: 88 targets to tick, each of which a plan can hold as it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.catalogue import (
    by_heading,
    catalogue,
    find_offices,
    heading_word,
    indicators_of,
)
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.read_plan import read_body
from shuangyong_core.plans.rules.seed_coverage import clauses_of, read_duties
from shuangyong_core.plans.rules.words import unit_kind
from shuangyong_core.units.rules import UnitList

OFFICES = {"退役军人事务局": "990106-CY16", "财政局": "990106-CY11"}


@pytest.fixture(scope="module")
def body(plan_file: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(plan_file)
    return read


def test_there_are_88_under_the_eight_headings_each_with_its_source() -> None:
    entries = catalogue()

    assert len(entries) == len({one.code for one in entries}) == 88
    assert [word for word, _ in by_heading()] == [heading_word(number) for number in range(1, 9)]
    assert heading_word(3) == "三、双拥活动坚持经常"
    assert sum(len(under) for _, under in by_heading()) == 88
    for one in entries:
        assert one.source, one.code
        assert one.note, one.code
        assert one.materials, one.code
        assert all(unit_kind(kind) == kind for kind in one.levels), one.code


def test_each_group_of_codes_is_whole() -> None:
    groups = Counter(one.code[0] for one in catalogue())

    assert groups == dict(A=16, B=12, C=14, D=13, E=4, F=10, G=7, H=4, I=4, K=4)


def test_a_text_is_asked_only_where_nothing_can_be_counted() -> None:
    texts = [one for one in catalogue() if one.indicator["kind"] == "text"]

    assert [one.code for one in texts] == ["K04"]
    assert (texts[0].indicator["over_units"], texts[0].goal) == ("none", {"none": True})


def test_the_25_of_the_example_are_its_targets(body: dict[str, Any]) -> None:
    entries = {one.code: one for one in catalogue()}

    made = [entries[one["code"]].as_target(offices=OFFICES) for one in body["targets"]]

    assert made == body["targets"]
    by_code = {one["code"]: one for one in body["indicators"]}
    assert {one["code"]: one for one in indicators_of(made)} == by_code


def test_a_clause_of_the_three_plans_is_one_of_their_duties(linjiang: Path) -> None:
    duties = read_duties((linjiang / "duties.yaml").read_bytes())
    known = {duty.clause for duty in (*duties.duties, *duties.not_measured)}

    named = {clause for one in catalogue() for clause in clauses_of(one.source)}

    assert {clause for clause in named if clause[:1] == "P"} <= known


def test_all_ticked_as_they_stand_have_no_problem(body: dict[str, Any], units: UnitList) -> None:
    names = [(unit.code, unit.name) for unit in units.units if unit.kind == "member_unit"]
    offices = find_offices(names)
    targets = [one.as_target(offices=offices) for one in catalogue()]
    ticked = {**body, "targets": targets, "indicators": indicators_of(targets)}

    report = check(read_body(ticked), units, Calendar())

    assert report.problems == ()
    assert offices["退役军人事务局"] == "990106-CY16"
    assert all(one.office in offices for one in catalogue() if one.office)


def test_a_tick_takes_other_reporters_rounds_and_goal() -> None:
    talks = next(one for one in catalogue() if one.code == "B03")

    target = talks.as_target(who=["street"], rounds=["R5"], goal={"each": 2}, weight=3)

    assert target["reported_by"] == ["street"]
    assert (target["rounds"], target["goal"], target["weight"]) == (["R5"], {"each": 2}, 3)
    assert talks.as_target()["reported_by"][0]["goal"] == {"each": 4, "note": "示例"}


def test_a_name_that_two_units_bear_is_left_to_the_office() -> None:
    twice = [("990106-CY16", "区退役军人事务局"), ("990106-CY99", "新区退役军人事务局")]

    assert find_offices(twice) == {}
