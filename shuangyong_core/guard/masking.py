"""Shows bad input without showing what may be private in it: short, masked, harmless to print."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from shuangyong_core.guard.scanning import scan

SHOWN = 40
HARMFUL = "（内容不再显示）"
READ = 2000  # more than this of one value is never looked at
# A phone or card number is often typed in groups; a date with dashes has fewer digits than these.
GROUPED_RUN = re.compile(r"\d(?:[ \u00a0\u3000.-]?\d){10,}[Xx]?")
LONG_RUN = re.compile(r"\d{7,}[Xx]?")
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def mask(value: object) -> str:
    """This function will give at most 40 harmless characters of a value, long numbers masked."""
    text = "".join(
        letter
        for letter in _text_of(value)[:READ]
        if unicodedata.category(letter) not in UNPRINTABLE
    )
    if scan(text):
        return HARMFUL  # what must not be kept must not be repeated either
    text = LONG_RUN.sub(_hide_middle, GROUPED_RUN.sub(_hide_middle, text))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and value.bit_length() > 256:
        return "（过长的数）"  # Python itself refuses to write out a number of 5,000 digits
    if value is None or isinstance(value, int | float | Decimal | date):
        return "空" if value is None else str(value)
    return "（不是文字或数）"  # a deeply nested list would break str() itself


def _hide_middle(run: re.Match[str]) -> str:
    text = run[0]
    first, last = (3, 4) if len(text) >= 11 else (2, 2)
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
