"""A split is completed and checked; all its faults are told at once."""

from __future__ import annotations

import pytest

from shuangyong_core.assignments.rules.splits import Held, Split, check_split

NOW = Held(held=100, has_own=True, own=10, children={"a": 60, "b": 30}, inflation_bp=10_500)


def codes(split: Split, now: Held = NOW) -> list[str]:
    return [problem.code for problem in check_split(now, split).problems]


def test_a_child_left_out_keeps_what_it_has() -> None:
    checked = check_split(NOW, Split({"a": 65}, 5, ""))

    assert checked.problems == ()
    assert (checked.children, checked.own) == ({"a": 65, "b": 30}, 5)


def test_a_split_below_what_is_held_is_refused() -> None:
    assert codes(Split({"a": 59}, None, "reason")) == ["too_little"]


def test_an_excess_within_the_limit_stands_without_a_reason() -> None:
    assert codes(Split({"a": 65}, None, "")) == []


@pytest.mark.parametrize(("reason", "expected"), [("", ["too_much"]), ("留有余地", [])])
def test_an_excess_above_the_limit_needs_a_reason(reason: str, expected: list[str]) -> None:
    assert codes(Split({"a": 66}, None, reason)) == expected


def test_every_fault_is_told_at_once() -> None:
    wrong = Split({"a": -1, "b": 1.5, "z": 3}, True, "")

    assert codes(wrong) == ["negative", "not_whole", "not_a_child", "not_whole"]


def test_a_unit_that_does_not_report_keeps_nothing_for_itself() -> None:
    now = Held(held=90, has_own=False, own=0, children={"a": 60, "b": 30}, inflation_bp=10_500)

    assert codes(Split({}, 4, ""), now) == ["no_own_work"]
