"""演练全年: loads, mornings and collisions of the example's year, and of years made worse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.check_dates import check_dates
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.plans.rules.units_under import see_from
from shuangyong_core.supervision.rules.ladder import Rung
from shuangyong_core.supervision.rules.rehearsal import ClashKind, Habit, Rehearsal, rehearse
from shuangyong_core.units.reading import read_units

EXAMPLE = Path(__file__).parents[2] / "examples" / "linjiang"
PLAN = (EXAMPLE / "plan.yaml").read_text(encoding="utf-8")
UNITS = read_units((EXAMPLE / "units.csv").read_bytes(), "units.csv")
NEW_YEAR = date(2026, 1, 5)


def run(
    text: str = PLAN, *, habits: Mapping[str, Habit] | None = None, today: date = NEW_YEAR
) -> Rehearsal:
    """The year of a plan file."""
    plan, calendar = read_plan(text.encode(), file="plan.yaml"), Calendar()
    dated, _ = check_dates(plan, calendar)
    under = see_from(plan.head.issuer, UNITS)
    assert under is not None
    return rehearse(
        plan, dated, under, calendar, habits=habits or {}, habits_of=2025 if habits else None,
        today=today,
    )  # fmt: skip


def found_in(text: str, **more: date) -> dict[ClashKind, str]:
    """The collisions of a year, by kind."""
    return {clash.kind: clash.message for clash in run(text, **more).clashes}


def test_the_example_year_has_no_collision_and_the_loads_of_the_users_page() -> None:
    year = run()

    assert year.clashes == ()
    assert {one.profile.name: one.profile.rounds for one in year.loads} == {
        "街道": 4, "社区": 4, "区总工会": 4, "基层工会": 1, "区退役军人事务局": 2,
    }  # fmt: skip
    community = next(one for one in year.loads if one.profile.kind == "community")
    assert {each.month.month: (each.forms, each.numbers) for each in community.months if each.forms}
    by_month = {each.month.month: each.numbers for each in community.months if each.forms}
    assert by_month == {3: 1, 7: 4, 8: 1, 12: 5}
    assert (year.forms, year.numbers) == (829, 2168)
    assert year.expected_late is None
    # Three days to confirm and five to split, before the first form opens on 02-25.
    assert year.launch_by == date(2026, 2, 6)


def test_the_busiest_reviewer_of_a_round_is_named() -> None:
    rounds = {one.dates.code: (one.reviewer, one.most_to_review) for one in run().rounds}

    assert rounds["R1"] == ("临江区", 14)
    assert rounds["R4"] == ("金沙街道总工会", 23)


def test_a_unit_hears_of_two_rounds_in_one_message() -> None:
    # R3 three days after R2: the third morning after one is the first after the other.
    crowded = PLAN.replace("due_date: 2026-08-07", "due_date: 2026-07-14").replace(
        "done_by: 八一-1d", "done_by: 2026-07-10"
    )
    year = run(crowded)

    units = sum(len(one.profile.units) for one in year.loads)
    assert len(year.mornings) == len({one.day for one in year.mornings})
    assert all(sum(one.at_most.values()) <= units for one in year.mornings)
    both = next(one for one in year.mornings if one.day == date(2026, 7, 15))
    assert both.at_most == {Rung.STRESS: 144}  # the stronger of 重点提醒 and 催报, once


@pytest.mark.parametrize(
    ("good", "bad", "kind", "said"),
    [
        ("due_date: 2026-07-10", "due_date: 2026-07-11", ClashKind.REST_DAY, "7月11日 不上班"),
        ("due_date: 2026-10-15", "due_date: 2026-10-08", ClashKind.HOLIDAY, "7 天假后的第一个"),
        ("due_date: 2026-10-15", "due_date: 2026-09-30", ClashKind.HOLIDAY, "7 天假前的最后一个"),
        ("opens_on: 2026-02-25", "opens_on: 2026-03-04", ClashKind.SHORT, "只有 3 个工作日"),
        ("locks_on: 2026-03-20", "locks_on: 2026-03-10", ClashKind.REVIEW, "审核和更正要 5 个"),
        ("due_date: 2026-08-07", "due_date: 2026-07-20", ClashKind.OVERLAP, "R2 和 R3 同时开放"),
        ("due_date: 2026-08-07", "due_date: 2026-07-24", ClashKind.SAME_MONTH, "7 月报送"),
        ("max_rounds: 6", "max_rounds: 3", ClashKind.OVER_LIMIT, "社区一年要报 4 次"),
    ],
)
def test_each_collision_is_named_with_what_to_do(
    good: str, bad: str, kind: ClashKind, said: str
) -> None:
    assert good in PLAN
    moved = PLAN.replace(good, bad)
    if "2026-07-2" in bad:
        moved = moved.replace("done_by: 八一-1d", "done_by: 2026-07-10")

    messages = [clash.message for clash in run(moved).clashes if clash.kind == kind]

    assert any(said in message for message in messages), messages
    assert all("请" in message for message in messages)


def test_rounds_collide_across_one_that_others_report() -> None:
    moved = PLAN
    for good, bad in (
        ("due_date: 2026-08-07", "due_date: 2026-07-24"),
        ("done_by: 八一-1d", "done_by: 2026-07-10"),
        ("due_date: 2026-10-15", "due_date: 2026-07-16"),  # R4, the unions', in between
        ("done_by: 烈士纪念日", "done_by: 2026-07-13"),
    ):
        assert good in moved
        moved = moved.replace(good, bad)

    months = [one.message for one in run(moved).clashes if one.kind == ClashKind.SAME_MONTH]

    assert any(message.startswith("R2 和 R3") for message in months), months


def test_a_year_without_a_holiday_notice_goes_by_the_usual_holidays() -> None:
    late = PLAN.replace("2026", "2031").replace("due_date: 2031-10-15", "due_date: 2031-10-07")
    found = found_in(late, today=date(2031, 1, 6))

    assert "国庆假期" in found[ClashKind.HOLIDAY]
    assert found[ClashKind.PROVISIONAL].startswith("R1、R2、R3、R4、R5 的日期是暂定的")


def test_a_launch_that_comes_too_late_says_what_can_still_go_down() -> None:
    assert "2月6日" in found_in(PLAN, today=date(2026, 2, 9))[ClashKind.LAUNCH]
    # Once the first round is over the year is under way and what is over is 补录.
    assert ClashKind.LAUNCH not in found_in(PLAN, today=date(2026, 7, 20))


def test_habits_say_who_would_be_reminded_and_who_would_be_late() -> None:
    # Of ten communities seven reported five days early, two three days late, one never.
    habits = {"community": Habit({-5: 7, 3: 2}, never=1)}
    year = run(habits=habits)

    rounds = {one.dates.code: one.expected_late for one in year.rounds}
    assert rounds == {"R1": 39, "R2": 39, "R3": 39, "R4": None, "R5": 39}  # 129 × 3/10, rounded
    assert year.unknown_habits == ("grassroots_union", "member_unit", "street", "union_federation")
    first = next(one for one in year.mornings if one.day == date(2026, 3, 3))
    assert first.at_most == {Rung.REMIND: 143}
    assert first.expected == {Rung.REMIND: 39}


@given(st.dictionaries(st.integers(-10, 20), st.integers(0, 50), max_size=6), st.integers(0, 50))
def test_what_is_open_only_shrinks_and_never_loses_a_report(
    reports: dict[int, int], never: int
) -> None:
    habit = Habit(reports, never)
    shares = [habit.open_after(day) for day in range(-12, 24)]

    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    if habit.total:
        assert shares[0] == 1
        assert shares[-1] == Fraction(never, habit.total)


@settings(max_examples=10)
@given(st.integers(0, 27))
def test_every_form_lies_in_one_month_and_every_number_in_one_round(shift: int) -> None:
    due = date(2026, 7, 1) + timedelta(days=shift)
    year = run(PLAN.replace("due_date: 2026-07-10", f"due_date: {due}"))

    for load in year.loads:
        assert sum(each.forms for each in load.months) == load.profile.rounds
        assert sum(each.numbers for each in load.months) == sum(load.profile.numbers.values())
    by_unit = sum(len(one.profile.units) * sum(one.profile.numbers.values()) for one in year.loads)
    assert by_unit == year.numbers
