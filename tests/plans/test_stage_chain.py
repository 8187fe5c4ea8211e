"""签收, 分解, 报送 and 审核 one after the other in working days: what fits, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.coverage import without_goal
from shuangyong_core.plans.rules.stage_chain import Within, check_chain
from shuangyong_core.plans.rules.text import PlanText
from shuangyong_core.plans.rules.units_under import see_from
from shuangyong_core.units.rules import UnitList

CALENDAR = Calendar({})


@dataclass(frozen=True)
class Dates:
    """A round."""

    code: str
    opens_on: date
    due_date: date
    locks_on: date


ROUND = Dates("R1", date(2026, 2, 25), date(2026, 3, 6), date(2026, 3, 20))
WITHIN = Within(acknowledge=3, decompose=5, review=3, review_levels=1)


def found(one: Dates, starts_on: date, levels: int = 1, within: Within = WITHIN) -> list[str]:
    short = check_chain(
        [one], levels={"R1": levels}, starts_on=starts_on, within=within, calendar=CALENDAR
    )
    return [str(each) for each in short]


def test_a_launch_in_january_meets_the_round_of_march() -> None:
    assert found(ROUND, date(2026, 1, 12)) == []


def test_a_late_launch_says_by_when_it_could_be() -> None:
    # Eight working days from 02-26, Saturday 02-28 among them; one more to report in.
    (said,) = found(ROUND, date(2026, 2, 26))

    assert "2026-03-09 才分解完" in said
    assert "最早可定 2026-03-10" in said


def test_reviews_that_do_not_fit_before_the_lock_say_so() -> None:
    tight = Dates("R1", ROUND.opens_on, ROUND.due_date, date(2026, 3, 9))

    (said,) = found(tight, date(2026, 1, 12))

    assert "审不完，截止最早可定 2026-03-11" in said


def test_what_was_due_before_is_a_matter_of_backfill() -> None:
    assert found(ROUND, date(2026, 3, 9)) == []


@given(
    day=st.dates(date(2026, 1, 1), date(2026, 11, 30)),
    due=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    levels=st.integers(0, 4),
)
def test_the_date_it_names_is_met_and_no_earlier_one_is(day: date, due: date, levels: int) -> None:
    one = Dates("R1", min(day, due), due, date(2027, 3, 1))
    short = check_chain(
        [one], levels={"R1": levels}, starts_on=day, within=WITHIN, calendar=CALENDAR
    )

    for each in short:
        later = Dates("R1", one.opens_on, each.earliest_due, each.earliest_lock)
        assert found(later, day, levels) == []
        spare = CALENDAR.workdays_between(each.split_by, each.earliest_due)
        assert spare == 1
        assert CALENDAR.workdays_between(day, each.split_by) == levels * 8


def test_the_example_is_met_from_its_launch_and_not_from_march(
    plan_text: PlanText, units: UnitList
) -> None:
    ready = check(plan_text, units, CALENDAR, starts_on=date(2026, 1, 12))
    late = check(plan_text, units, CALENDAR, starts_on=date(2026, 3, 2))

    assert ready.shortfalls == ()
    assert [(each.round, each.levels) for each in late.shortfalls] == [("R1", 1)]


def test_units_that_a_plan_asks_for_nothing_are_named(plan_text: PlanText, units: UnitList) -> None:
    under = see_from("990106", units)
    assert under is not None

    idle = without_goal(plan_text, under)

    assert "990106-CY01" in idle
    assert not {"990106", "990106-CY16", "990106001", "990106001001"} & set(idle)
