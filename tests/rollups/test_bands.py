"""A band is the middle half or a side of it; among few there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from shuangyong_core.rollups.rules.bands import LEAST_PEERS, Band, band_of


def of(*numbers: int) -> list[Fraction]:
    """This function will make values of numbers."""
    return [Fraction(number) for number in numbers]


@pytest.mark.parametrize(
    ("own", "band"),
    [(1, Band.BELOW), (2, Band.BELOW), (3, Band.NEAR), (5, Band.NEAR), (7, Band.NEAR),
     (8, Band.ABOVE), (9, Band.ABOVE)],
)  # fmt: skip
def test_the_middle_half_is_near_and_the_quarters_are_beside_it(own: int, band: Band) -> None:
    assert band_of(Fraction(own), of(9, 1, 2, 8, 3, 4, 7, 5, 6)) is band


def test_all_alike_are_near_the_middle() -> None:
    assert band_of(Fraction(2), of(2, 2, 2, 2, 2)) is Band.NEAR


def test_a_small_group_has_no_band() -> None:
    group = of(*range(LEAST_PEERS - 1))

    assert band_of(group[0], group) is None
    assert band_of(group[0], [*group, Fraction(9)]) is Band.BELOW
