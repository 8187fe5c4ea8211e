"""The table of lights and the one rounding, at their edges."""

from __future__ import annotations

import pytest

from shuangyong_core.rollups.rules.lights import Light, Tally
from shuangyong_core.rollups.rules.numbers import Measure, rate, value_text


@pytest.mark.parametrize(
    ("tally", "light", "word"),
    [
        (Tally(), Light.NOT_INVOLVED, ""),
        (Tally(expected=3, reported=3, accepted=3, not_involved=3), Light.NOT_INVOLVED, ""),
        (Tally(expected=10, reported=9, overdue=1), Light.LATE, "滞后"),
        (Tally(expected=11, reported=10, overdue=1), Light.WARN, "需关注"),
        (Tally(expected=12, reported=12, returned=1), Light.WARN, "退回"),
        (Tally(expected=12, reported=12, reviewing=1), Light.REVIEWING, "复核中"),
        (Tally(expected=12), Light.NOT_STARTED, ""),
        (Tally(expected=12, reported=1), Light.OK, ""),
    ],
)
def test_every_row_of_the_table_of_lights(tally: Tally, light: Light, word: str) -> None:
    assert (tally.light, tally.word) == (light, word)


def test_tallies_add_up() -> None:
    assert Tally(1, 1) + Tally(2, 0, overdue=1) == Tally(3, 1, overdue=1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),
        (0, 5, "0.0"),
        (5, 0, None),
        (None, 5, None),
    ],
)
def test_a_rate_is_rounded_once(
    numerator: int | None, denominator: int, percent: str | None
) -> None:
    assert rate(numerator, denominator) == percent


@pytest.mark.parametrize(
    ("measure", "pair", "text"),
    [
        (Measure("money", 2, "sum"), (123456, None), "1234.56"),
        (Measure("money", 2, "sum"), (5, None), "0.05"),
        (Measure("count", 0, "sum"), (0, None), "0"),
        (Measure("count", 0, "sum"), (None, None), None),
        (Measure("ratio", 0, "ratio"), (30, 31), "96.8"),
        (Measure("date", 0, "latest"), (20637, None), "2026-07-03"),
        (Measure("yes_no", 0, "all_done"), (12, 13), "12"),
    ],
)
def test_a_value_leaves_as_text(
    measure: Measure, pair: tuple[int | None, int | None], text: str | None
) -> None:
    assert value_text(measure, *pair) == text
