"""The arithmetic under the drawings."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from shuangyong_core.web.charts import RoundDates, bar, part_of_year, stacked, year_line
from shuangyong_core.web.trend import BOTTOM, LEFT, RIGHT, TOP, Point, trend
from tests.web.samples_progress import accepted_points, plan_points

TODAY = date(2026, 7, 20)


def test_a_bar_stays_between_nothing_and_all() -> None:
    assert bar(371, 572, label="").percent == 64.9
    assert bar(1306, 1290, label="").percent == 100
    assert bar(-3, 10, label="").percent == 0
    assert bar(5, 10, label="", planned=5).tick == 50


def test_a_goal_of_zero_divides_nothing() -> None:
    assert bar(0, 0, label="").percent == 0
    assert bar(3, 0, label="").percent == 100
    assert stacked([("已审核", 0, "")], 0) == ()


def test_the_parts_of_a_stacked_bar_meet_and_fill_it() -> None:
    parts = stacked([("a", 688, ""), ("b", 46, "wait"), ("c", 0, "rev"), ("d", 37, "late")], 771)

    assert [part.name for part in parts] == ["a", "b", "d"]
    for left, right in pairwise(parts):
        assert left.x + left.width == pytest.approx(right.x, abs=0.02)
    assert parts[-1].x + parts[-1].width == pytest.approx(100, abs=0.02)


def test_the_year_begins_at_nothing_and_a_day_outside_sits_at_the_edge() -> None:
    assert part_of_year(date(2026, 1, 1), 2026) == 0
    assert part_of_year(date(2025, 12, 1), 2026) == 0
    assert part_of_year(date(2027, 5, 1), 2026) == 364 / 365
    assert part_of_year(date(2024, 7, 2), 2024) == 0.5


def test_the_trend_says_what_is_due_and_what_is_done() -> None:
    drawn = trend(plan_points(), accepted_points(), year=2026, today=TODAY)

    assert (drawn.due, drawn.done, drawn.gap, drawn.year_total) == (771, 688, 83, 2167)
    assert drawn.grid[0].y == BOTTOM
    assert drawn.grid[-1].y == TOP
    assert [mark.text for mark in drawn.grid] == ["0", "500", "1,000", "1,500", "2,000", "2,500"]


def test_what_is_accepted_later_than_today_is_not_drawn() -> None:
    later = (*accepted_points(), Point(date(2026, 9, 1), 900))

    assert trend(plan_points(), later, year=2026, today=TODAY).done == 688


def test_the_steps_jump_on_their_days_only() -> None:
    drawn = trend([Point(date(2026, 7, 2), 5, "R1 5")], [], year=2026, today=date(2026, 1, 1))

    middle = round(LEFT + 182 / 365 * (RIGHT - LEFT), 1)
    assert drawn.plan == f"M{LEFT} {BOTTOM}H{middle}V{TOP}.0H{RIGHT}"
    assert drawn.accepted == f"M{LEFT} {BOTTOM}H{LEFT}.0"


def test_a_year_without_anything_still_draws() -> None:
    drawn = trend([], [], year=2026, today=TODAY)

    assert (drawn.due, drawn.done, drawn.gap, drawn.year_total) == (0, 0, 0, 0)


def test_no_label_crosses_the_line_of_today() -> None:
    drawn = trend(plan_points(), accepted_points(), year=2026, today=TODAY)

    for mark in drawn.steps:
        begins, ends = (mark.x - 60, mark.x) if mark.is_end else (mark.x, mark.x + 60)
        assert not begins < drawn.today_x < ends, mark


def test_rounds_lie_on_the_year_in_their_order() -> None:
    rounds = [
        RoundDates("R1", date(2026, 2, 25), date(2026, 3, 6), date(2026, 2, 14), "done"),
        RoundDates("R2", date(2026, 7, 1), date(2026, 7, 10), None, "late"),
    ]

    line = year_line(rounds, year=2026, today=date(2027, 1, 2))

    first, second = line.flags
    assert first.done_by_x is not None
    assert first.done_by_x < first.opens_x < first.due_x < second.opens_x < second.due_x
    assert second.done_by_x is None
    assert line.today_x is None
