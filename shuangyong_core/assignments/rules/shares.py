"""Largest remainder in integers: how a whole number is shared out, nothing lost, nothing made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuangyong_core.plans.rules.limits import LARGEST_WEIGHT


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes a share: ties go by code."""

    code: str
    weight: int


class WeightsUnusable(ValueError):
    """The weights are negative, all zero, or too large to multiply exactly."""


def share(held: int, parties: Sequence[Party]) -> list[int]:
    """This function will share `held` out by weight; raises WeightsUnusable."""
    total = sum(party.weight for party in parties)
    if held < 0 or any(party.weight < 0 for party in parties):
        raise WeightsUnusable("negative")
    if total == 0 or total >= LARGEST_WEIGHT:
        raise WeightsUnusable("all zero" if total == 0 else "too large")
    whole, rest = divmod(held, total)
    shares = [whole * party.weight + rest * party.weight // total for party in parties]
    left = held - sum(shares)
    order = sorted(
        range(len(parties)),
        key=lambda place: (-(rest * parties[place].weight % total), parties[place].code),
    )
    for place in order[:left]:
        shares[place] += 1
    return shares


def share_same(held: int, parties: int) -> int:
    """This function will give the one number for all that covers `held`: what is over is stated."""
    if held < 0 or parties < 1:
        raise WeightsUnusable("negative" if held < 0 else "nobody")
    return -(-held // parties)
