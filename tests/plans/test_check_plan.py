"""`plan check`: dates, goals, units and burden of a plan, all problems at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.check_plan import Report, check
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.units.rules import UnitList, UnitText


def checked(text: str, units: UnitList | None) -> Report:
    return check(read_plan(text.encode(), file="plan.yaml"), units, Calendar())


def only_problem(report: Report) -> Problem:
    assert len(report.problems) == 1, report.problems
    return report.problems[0]


def with_bases(units: UnitList, key: str, values: dict[str, int | None]) -> UnitList:
    def change(unit: UnitText) -> UnitText:
        bases = {name: value for name, value in unit.bases.items() if name != key}
        value = values.get(unit.code, values.get(unit.kind, unit.bases.get(key)))
        return replace(unit, bases=bases | ({} if value is None else {key: value}))

    return replace(units, units=tuple(map(change, units.units)))


def test_the_example_has_no_problem_and_the_burden_of_users_page(
    plan_text: PlanText, units: UnitList
) -> None:
    report = check(plan_text, units, Calendar())

    assert (report.problems, report.warnings, report.notes) == ((), (), ())
    assert [(one.who, one.unit_count, one.rounds, one.fields) for one in report.burden] == [
        ("street", 13, 4, 17),
        ("community", 129, 4, 11),
        ("union_federation", 1, 4, 16),
        ("grassroots_union", 255, 1, 2),
        ("990106-CY16", 1, 2, 2),
    ]


def test_rounds_take_seven_working_days_before_and_ten_after(plan_text: PlanText) -> None:
    rounds = {one.code: one for one in check(plan_text, None, Calendar()).dated.rounds}

    assert rounds["R1"].done_by == date(2026, 2, 14)
    assert (rounds["R2"].opens_on, rounds["R2"].locks_on) == (date(2026, 7, 1), date(2026, 7, 24))
    assert rounds["R3"].done_by == date(2026, 7, 31)
    # The National Day holiday is no working day.
    assert rounds["R4"].opens_on == date(2026, 9, 30)


def test_without_units_it_says_which_checks_were_left_out(plan_text: PlanText) -> None:
    report = check(plan_text, None, Calendar())

    assert report.problems == ()
    assert "未核对" in report.notes[0]


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ('issuer: "990106"', 'issuer: "990107"', "no_issuer"),
        ("due_date: 2026-07-10", "due_date: 2027-07-10", "wrong_year"),
        ("opens_on: 2026-02-25", "opens_on: 2025-02-25", "wrong_year"),
        ("locks_on: 2026-03-20", "locks_on: 2026-03-01", "round_order"),
        ("done_by: 八一-1d", "done_by: 2026-08-08", "round_order"),
        ("due_date: 2026-08-07", "due_date: 2026-07-10", "round_order"),
        ("done_by: 春节-1wd", "done_by: 春季-1wd", "rule_unknown"),
        ("done_by: 春节-1wd", "done_by: 2026-02-30", "rule_unknown"),
        ("done_by: 烈士纪念日", "done_by: 季末", "rule_takes_one_date"),
        ("rounds: [R1]", "rounds: [R7]", "unknown_round"),
        ("rounds: [R1]", "done_by: [年末+5wd]", "no_round"),
        ("rounds: [R1]", "done_by: [2025-03-01]", "wrong_year"),
        ('["990106-CY16"]', '["990106-CY99"]', "unknown_unit"),
        ("reported_by: [street]", "reported_by: [province]", "no_reporters"),
        ("reported_by: [street]", 'reported_by: [street, "990106001"]', "reporter_twice"),
        ("[street, community, union_federation], rounds", "[street, grassroots_union], rounds",
         "goal_does_not_add_up"),
        ("split: base:households", "split: base:families", "base_missing"),
        ("goal: {total: 258, split: equal, note: 示例}", "goal: {total: 258, split: manual, "
         'shares: {"990106-CY16": 258}}', "not_a_reporter"),
        ("goal: {total: 258, split: equal, note: 示例}", "goal: {total: 3000000000, split: manual, "
         'shares: {"990106-CY16": 3000000000}}', "shares_too_large"),
        ("goal: {total: 258, split: equal, note: 示例}", "goal: {each: 10000000000000}",
         "goal_too_large"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_named(
    plan_file: str, units: UnitList, good: str, bad: str, code: str
) -> None:
    assert good in plan_file

    report = checked(plan_file.replace(good, bad, 1), units)

    assert code in {problem.code for problem in report.problems}
    assert all(problem.row and problem.field for problem in report.problems)


def test_problems_of_every_sort_are_said_at_once(plan_file: str, units: UnitList) -> None:
    bad = (
        plan_file.replace("due_date: 2026-07-10", "due_date: 2027-07-10")
        .replace("rounds: [R1]", "rounds: [R9]", 1)
        .replace('["990106-CY16"]', '["990106-CY99"]')
    )
    missing = with_bases(units, "beneficiaries", {"990106001001": None})

    codes = {problem.code for problem in checked(bad, missing).problems}

    assert codes == {"wrong_year", "unknown_round", "unknown_unit", "base_missing"}


def test_a_single_zero_base_is_a_warning(plan_file: str, units: UnitList) -> None:
    report = checked(plan_file, with_bases(units, "households", {"990106001001": 0}))

    assert report.problems == ()
    assert "990106001001" in report.warnings[0]


def test_bases_that_are_all_zero_are_a_problem(plan_file: str, units: UnitList) -> None:
    report = checked(plan_file, with_bases(units, "households", {"community": 0}))

    assert only_problem(report).code == "base_all_zero"


def test_bases_beyond_three_thousand_million_are_a_problem(plan_file: str, units: UnitList) -> None:
    report = checked(plan_file, with_bases(units, "households", {"community": 30_000_000}))

    assert only_problem(report).code == "base_too_large"


def test_group_totals_must_add_up_to_the_target(plan_file: str, units: UnitList) -> None:
    good = (
        "    reported_by: [street]\n    rounds: [R5]\n"
        "    goal: {total: 26, split: equal, note: 示例}"
    )
    groups = (
        "    reported_by:\n      - {who: [street], goal: {total: 20}}\n"
        "      - {who: [community], goal: {total: 5}}\n"
        "    rounds: [R5]\n    goal: {total: 26, split: equal}"
    )
    assert good in plan_file

    report = checked(plan_file.replace(good, groups), units)
    mended = checked(plan_file.replace(good, groups.replace("total: 5", "total: 6")), units)

    assert only_problem(report).code == "goal_does_not_add_up"
    assert mended.problems == ()


def test_a_known_indicator_may_not_change(plan_text: PlanText, units: UnitList) -> None:
    known = {one.code: one for one in plan_text.indicators}
    known["talks"] = replace(known["talks"], kind="money")

    report = check(plan_text, units, Calendar(), known=known)

    problem = only_problem(report)
    assert (problem.code, problem.field) == ("indicator_differs", "indicators[talks].kind")


def test_each_done_by_date_joins_the_first_round_due_on_or_after_it(
    plan_file: str, units: UnitList
) -> None:
    text = plan_file.replace("rounds: [R1]", "done_by: [春节-1wd, 八一-1d, 2026-10-15]", 1)

    report = checked(text, units)

    assert report.problems == ()
    joined = report.dated.joined["A04", 0]
    assert [(one.round, one.done_by, one.done_rule) for one in joined] == [
        ("R1", date(2026, 2, 14), "春节-1wd"),
        ("R3", date(2026, 7, 31), "八一-1d"),
        ("R4", date(2026, 10, 15), "2026-10-15"),
    ]


def test_several_dates_that_join_one_round_leave_the_last(plan_file: str) -> None:
    text = plan_file.replace("rounds: [R1]", "done_by: [月末]", 1).replace(
        "due_date: 2026-12-10", "due_date: 2026-12-31"
    )

    joined = checked(text, None).dated.joined["A04", 0]

    assert [(one.round, one.done_by) for one in joined] == [
        ("R1", date(2026, 2, 28)),
        ("R2", date(2026, 6, 30)),
        ("R3", date(2026, 7, 31)),
        ("R4", date(2026, 9, 30)),
        ("R5", date(2026, 12, 31)),
    ]


def test_a_year_without_a_notice_is_provisional_and_says_so(plan_file: str) -> None:
    text = plan_file.replace("2026", "2031").replace('done_by: "2031-06-30"', "done_by: 半年末")

    report = checked(text.replace("done_by: 半年末", "done_by: 清明"), None)

    assert all(one.is_provisional for one in report.dated.rounds if one.code != "R1")
    assert "暂定" in report.warnings[0]


def test_more_rounds_than_the_plan_allows_are_warned_of(plan_file: str, units: UnitList) -> None:
    report = checked(plan_file.replace("max_rounds: 6", "max_rounds: 3"), units)

    assert report.problems == ()
    assert [warning[:2] for warning in report.warnings] == ["街道", "社区", "区总"]
