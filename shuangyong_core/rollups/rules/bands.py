"""Where a value lies among its like: the middle half, above it or below it; never a rank."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

# Among fewer a band would tell whose number it is.
LEAST_PEERS = 5


class Band(StrEnum):
    """A band (档), in words that embarrass nobody."""

    ABOVE = "above"  # 高于中间水平
    NEAR = "near"  # 接近中间水平
    BELOW = "below"  # 低于中间水平


def band_of(own: Fraction, all_of_them: Sequence[Fraction]) -> Band | None:
    """This function will place a value in its whole group, itself included; a small one has none.

    The middle reaches from the first quartile to the third, both taken from the values themselves.
    """
    if len(all_of_them) < LEAST_PEERS:
        return None
    ordered = sorted(all_of_them)
    last = len(ordered) - 1
    low, high = ordered[last // 4], ordered[last - last // 4]
    if own < low:
        return Band.BELOW
    return Band.ABOVE if own > high else Band.NEAR
