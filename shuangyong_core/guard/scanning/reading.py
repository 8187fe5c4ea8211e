"""Reads one text for what must not be kept; what it cannot see it cannot find."""

from __future__ import annotations

import re

from shuangyong_core.guard.scanning.folding import fold_digits
from shuangyong_core.guard.scanning.kinds import Hit, Kind
from shuangyong_core.guard.scanning.numbers import find_numbers
from shuangyong_core.guard.scanning.words import find_words

# Without one of these no pattern can match; most texts end here, since every report is scanned.
SUSPECT = re.compile(r"[密队旅师团营连军舰基番兵编武装坐经纬内换移调拉演部]")
MOST_DIGITS_APART = 10


def _is_suspect(text: str) -> bool:
    """This function will say whether a text needs to be read closely; cheap."""
    if len(text) > MOST_DIGITS_APART:
        return True
    return not text.isascii() and SUSPECT.search(text) is not None


def scan(text: str) -> tuple[Hit, ...]:
    """This function will give what a text holds, each sort once, in the order of the text."""
    if not _is_suspect(text):
        return ()
    folded = fold_digits(text)
    first: dict[Kind, int] = {}
    for kind, index in (*find_numbers(folded.text), *find_words(folded.text)):
        first[kind] = min(first.get(kind, index), index)
    hits = [Hit(kind, folded.begins(index)) for kind, index in first.items()]
    return tuple(sorted(hits, key=lambda hit: (hit.begins, hit.kind)))
