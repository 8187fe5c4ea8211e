"""Reading a plan file: strict, all problems at once, with line, field and masked value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.rules.nodes import LARGEST_FILE
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.text import PlanText


def refused(text: str) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        read_plan(text.encode(), file="plan.yaml")
    return list(caught.value.problems)


def spoiled(text: str, good: str, bad: str) -> Problem:
    assert good in text
    problems = refused(text.replace(good, bad, 1))
    assert len(problems) == 1, problems
    return problems[0]


def test_the_example_is_read_whole(plan_text: PlanText) -> None:
    targets = {one.code: one for one in plan_text.targets}

    assert (len(plan_text.rounds), len(plan_text.indicators), len(targets)) == (5, 23, 25)
    assert plan_text.notes == ()
    assert (targets["C03"].goal.goal, targets["C03"].goal.split) == (1290, "base:beneficiaries")
    assert targets["B06"].goal.rate == Fraction(9, 10)
    assert [(group.rounds, group.goal and group.goal.goal) for group in targets["B03"].groups] == [
        (("R2", "R5"), 4),
        (("R4",), 1),
    ]
    assert (targets["A06"].automatic, targets["A06"].groups[0].who) == (
        "confirmed",
        ("street", "union_federation"),
    )
    assert targets["C14"].groups[0].all_rounds


@pytest.mark.parametrize(
    ("good", "bad", "code", "field"),
    [
        ("total: 1290", "total: 1_290", "underscore", "targets[C03].goal.total"),
        ("total: 1290", "total: NaN", "not_a_number", "targets[C03].goal.total"),
        ("total: 1290", "total: .nan", "not_a_number", "targets[C03].goal.total"),
        ("each: 2", "each: 2.5", "fraction", "targets[A05].goal.each"),
        ("each: 2", "each: -2", "negative", "targets[A05].goal.each"),
        ("heading: 1", "heading: 9", "out_of_range", "targets[A04].heading"),
        ("indicator: talks", "indicator: talk", "unknown_indicator", "targets[B03].indicator"),
        ("kind: date,", "kind: day,", "unknown_kind", "indicators[leading_group_adjusted].kind"),
        ("[street, union_f", "[streets, union_f", "unknown_kind", "targets[A04].reported_by"),
        ("rule: confirmed", "rule: counted", "unknown_rule", "targets[A06].automatic.rule"),
        ("shown_to: [street]", "shown_to: [road]", "unknown_kind", "targets[F01].shown_to"),
        ("source: P2 三4", "source: ''", "blank", "targets[K01].source"),
        ("  year: 2026", "  year: 2026\n  year: 2027", "duplicate_key", "plan.year"),
        ("  year: 2026", "  yaer: 2026\n  year: 2026", "unknown_field", "plan.yaer"),
        ("code: A15", "code: A04", "duplicate_code", "targets[A04]"),
        ("ratio: \"0.9\"", "ratio: 90", "out_of_range", "targets[B06].goal.ratio"),
        ("split: base:households", "split: fair", "unknown_split", "targets[G03].goal.split"),
        ("{done: true, note", "{none: true, done: true, note", "goal", "targets[A04].goal.none"),
        ("max_rounds: 6", "max_rounds: 0", "out_of_range", "plan.max_rounds"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_with_its_place(
    plan_file: str, good: str, bad: str, code: str, field: str
) -> None:
    problem = spoiled(plan_file, good, bad)

    assert (problem.code, problem.field) == (code, field)
    assert problem.file == "plan.yaml"
    assert problem.row


def test_all_problems_are_said_at_once_in_the_order_of_the_file(plan_file: str) -> None:
    bad = plan_file.replace("total: 1290", "total: 1_290").replace("heading: 1", "heading: 0")

    problems = refused(bad)

    rows = [problem.row or 0 for problem in problems]
    assert {problem.code for problem in problems} == {"underscore", "out_of_range"}
    assert len(problems) == 7
    assert rows == sorted(rows)


def test_full_width_digits_are_accepted_and_said(plan_file: str) -> None:
    plan = read_plan(plan_file.replace("total: 1290", "total: １２９０", 1).encode())

    assert next(one for one in plan.targets if one.code == "C03").goal.goal == 1290
    assert len(plan.notes) == 1
    assert "全角" in plan.notes[0]


def test_a_goal_in_yuan_is_kept_in_fen(plan_file: str) -> None:
    start = plan_file.index("code: C06")
    text = plan_file[:start] + plan_file[start:].replace("none: true", "total: 1,234.5", 1)
    goal = "{total: 1,234.5, note: 示例}"
    assert goal in text

    plan = read_plan(text.replace(goal, '{total: "1,234.5", note: 示例}').encode())

    assert next(one for one in plan.targets if one.code == "C06").goal.goal == 123450


def test_a_manual_split_that_does_not_add_up_is_refused(plan_file: str) -> None:
    good = "{total: 40, split: equal, note: 示例}"
    bad = '{total: 40, split: manual, shares: {"990106-GH": 39}}'

    assert spoiled(plan_file, good, bad).code == "goal_does_not_add_up"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"- a", "empty"),
        (b"plan: [", "yaml"),
        (b"a: 1\n---\nb: 2", "yaml"),
        (b"plan: &x {code: a}\nrounds: *x", "yaml"),
        ("计划".encode("gb18030"), "encoding"),
        (b"[" * 5000, "too_deep"),
        (b"#" * (LARGEST_FILE + 1), "too_big"),
        (b"plan: \x00", "yaml"),
    ],
)
def test_what_is_no_plan_file_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Problems) as caught:
        read_plan(data, file="plan.yaml")

    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_empty_plan_names_every_missing_field_of_its_head() -> None:
    fields = {problem.field for problem in refused("plan: {}\n")}

    assert {"plan.code", "plan.year", "plan.issuer", "plan.title"} <= fields
    assert {"rounds", "targets"} <= fields
