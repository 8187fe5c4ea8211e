"""A small amendment is laid over the plan as it stands; a seal says what moved."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangyong_core.amendments.rules.preview import FieldChange, QuotaChange, UnitChange
from shuangyong_core.amendments.rules.sealing import seal_of
from shuangyong_core.amendments.rules.telling import CONTENT, HEAD, head_changes
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions import content
from shuangyong_core.plans.rules.amending import NOT_CONTENT, PlanDiff
from shuangyong_core.plans.rules.nodes import nodes_of
from shuangyong_core.plans.rules.small_amendment import is_small, lay_over
from tests.amendments import year
from tests.amendments.conftest import Trying

BODY: dict[str, Any] = {
    "plan": {"code": "p", "year": "2026"},
    "rounds": [{"code": "R1"}, {"code": "R2"}],
    "targets": [
        {"code": "A1", "reported_by": ["street"], "rounds": ["R1", "R2"], "title": "甲"},
        {"code": "A2", "reported_by": ["street"], "rounds": ["R2"], "title": "乙"},
    ],
}
UNITS = {"1": "street", "2": "street", "3": "community"}


def laid(**said: object) -> dict[str, Any]:
    return lay_over(BODY, nodes_of(said), units=UNITS).body


def test_what_is_written_goes_over_what_stands() -> None:
    body = laid(targets=[{"code": "A1", "title": "丙"}])

    assert [one["title"] for one in body["targets"]] == ["丙", "乙"]
    assert body["targets"][0]["rounds"] == ["R1", "R2"]
    assert BODY["targets"][0]["title"] == "甲"


def test_of_the_days_of_the_stages_only_what_is_written_changes() -> None:
    head = {**BODY["plan"], "within": {"review": "4", "correct": "1"}}
    small = nodes_of({"plan": {"within": {"review": "5"}}})

    body = lay_over({**BODY, "plan": head}, small, units=UNITS).body

    assert body["plan"]["within"] == {"review": "5", "correct": "1"}


def test_a_dropped_round_takes_what_is_due_nowhere_else() -> None:
    body = laid(drop=["R2"])

    assert [one["code"] for one in body["rounds"]] == ["R1"]
    assert [(one["code"], one["rounds"]) for one in body["targets"]] == [("A1", ["R1"])]


def test_a_kind_that_loses_a_unit_is_written_as_the_rest() -> None:
    body = laid(leave_out={"A1": ["2"]})

    assert body["targets"][0]["reported_by"] == ["1"]
    assert body["targets"][1]["reported_by"] == ["street"]


def test_what_the_product_counts_loses_a_unit_likewise() -> None:
    counted = {"code": "A1", "automatic": {"rule": "confirmed", "who": ["street"]}}

    body = lay_over(
        {**BODY, "targets": [counted]}, nodes_of({"leave_out": {"A1": ["2"]}}), units=UNITS
    ).body

    assert body["targets"] == [{"code": "A1", "automatic": {"rule": "confirmed", "who": ["1"]}}]


@pytest.mark.parametrize(
    "said",
    [
        {"drop": ["X"]},
        {"leave_out": {"A1": ["9"]}},
        {"leave_out": {"A1": [["2"]]}},
        {"targets": "A1"},
    ],
)
def test_what_is_not_there_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(Problems):
        laid(**said)


def test_a_whole_plan_is_no_small_amendment() -> None:
    assert not is_small(nodes_of(BODY))
    assert is_small(nodes_of({"plan": {"basis": "会议"}, "drop": ["A1"]}))


def test_another_number_is_another_seal() -> None:
    def sealed(held: int) -> str:
        quota = QuotaChange("A1", 0, 1, 0, held, 0)
        unit = UnitChange(1, "1", "甲", "street", 1, "00001", (quota,), (), (), 0, 0)
        return seal_of(1, [unit], [], wanted="")

    assert sealed(2) == sealed(2) != sealed(3)


def test_whatever_may_change_is_told_by_a_preview() -> None:
    lasting, with_the_goal = {"code", "year"}, {"goal_kind", "goal", "goal_den"}

    diff = PlanDiff({"requests_by": ("issuer", "superior")}, (), ())

    assert head_changes(diff) == (FieldChange("延期、豁免谁定", "发布单位", "上级审核单位"),)
    assert set(HEAD) == set(content.HEAD) - lasting
    assert set(CONTENT) == set(content.VERSION) - with_the_goal - set(NOT_CONTENT)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "D06": st.integers(0, 10**12),
        "C04": st.integers(1, 5000),
        "G07": st.sampled_from(["drop", "leave"]),
        "G02": st.integers(0, 50),
    },
).filter(bool)


def said_of(changes: dict[str, Any]) -> str:
    """A small file that asks for these changes."""
    goals = {"D06": "{total: %s, split: equal}", "C04": "{total: %s, split: 'base:beneficiaries'}",
             "G02": "{each: %s}"}  # fmt: skip
    lines = [
        f"  - {{code: {code}, goal: {goals[code] % value}}}"
        for code, value in changes.items()
        if code in goals
    ]
    said = "targets:\n" + "\n".join(lines) + "\n" if lines else ""
    more = {"drop": "drop: [G07]\n", "leave": 'leave_out: {G07: ["990106002"]}\n', None: ""}
    return said + more[changes.get("G07")]


def test_whatever_is_amended_every_total_is_kept(trying: Trying) -> None:
    with trying() as session:
        times = 5 if session.get_bind().dialect.name == "sqlite" else 1

    @settings(max_examples=times, derandomize=True)
    @given(changes=CHANGES)
    def amended(changes: dict[str, Any]) -> None:
        with trying() as session:
            assert year.broken_sums(session) == []

            done = year.amend(session, said_of(changes))

            assert year.broken_sums(session) == []
            assert year.differences(session) == 0
            assert {one.code for one in done.targets} == set(changes)

    amended()
