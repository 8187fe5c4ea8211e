"""Sharing by largest remainder loses nothing and favours nobody but by code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.assignments.rules.shares import Party, WeightsUnusable, share
from shuangyong_core.plans.rules.limits import LARGEST_WEIGHT

weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any)


@given(held=st.integers(0, 10**12), weights=weights)
def test_shares_add_up_to_what_is_held(held: int, weights: list[int]) -> None:
    parties = [Party(f"{number:03}", weight) for number, weight in enumerate(weights)]

    shares = share(held, parties)

    assert sum(shares) == held
    for part, weight in zip(shares, weights, strict=True):
        exact = held * weight / sum(weights)
        assert held * weight // sum(weights) <= part <= exact + 1
        assert weight or part == 0


@given(held=st.integers(0, 10**12), top=st.integers(1, LARGEST_WEIGHT - 2))
def test_the_largest_weights_stay_within_sixty_three_bits(held: int, top: int) -> None:
    shares = share(held, [Party("a", top), Party("b", LARGEST_WEIGHT - 1 - top)])

    assert sum(shares) == held
    assert (held % (LARGEST_WEIGHT - 1)) * top < 2**63


def test_ties_go_by_code() -> None:
    assert share(2, [Party("c", 1), Party("a", 1), Party("b", 1)]) == [0, 1, 1]


def test_the_larger_remainder_comes_first() -> None:
    assert share(10, [Party("a", 1), Party("b", 2), Party("c", 4)]) == [1, 3, 6]


@pytest.mark.parametrize(
    ("held", "weights"), [(5, []), (5, [0, 0]), (5, [1, -1]), (-1, [1]), (5, [LARGEST_WEIGHT])]
)
def test_weights_that_cannot_be_used_are_refused(held: int, weights: list[int]) -> None:
    parties = [Party(str(number), weight) for number, weight in enumerate(weights)]

    with pytest.raises(WeightsUnusable):
        share(held, parties)
