"""Looks for what must not enter a non-secret system; it can read letters, never pictures."""

from shuangyong_core.guard.scanning.kinds import Hit, Kind
from shuangyong_core.guard.scanning.policy import PERSONAL, STRICT, Policy, Way
from shuangyong_core.guard.scanning.reading import scan
from shuangyong_core.guard.scanning.refusing import harm_in, refuse_harm, refuse_harm_in, texts_of

__all__ = [
    "PERSONAL",
    "STRICT",
    "Hit",
    "Kind",
    "Policy",
    "Way",
    "harm_in",
    "refuse_harm",
    "refuse_harm_in",
    "scan",
    "texts_of",
]
