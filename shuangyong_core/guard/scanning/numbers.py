"""Tells numbers that stand for a person: ID numbers, mobiles, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from shuangyong_core.guard.scanning.kinds import Kind

# Digits with at most one blank or dash between two of them, and the X an ID number may end in.
RUN = re.compile(
    r"(?<![0-9A-Za-z])\+?[0-9](?:[ \t\u00a0_–—-]?[0-9]){10,}(?:[ \t-]?[Xx](?![A-Za-z]))?"
)
GROUP = re.compile(r"[0-9Xx]+")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_LETTERS = "10X98765432"
MOBILE = re.compile(r"(?:\+?(?:00)?86)?1[3-9][0-9]{9}")
MOBILE_GROUPS = ((3, 4, 4), (3, 3, 5), (4, 3, 4), (5, 6), (3, 8), (2, 3, 4, 4), (4, 3, 4, 4))
CARD = re.compile(r"(?:62|4|5[1-5]|35)[0-9]+")  # UnionPay and what else is issued here


def find_numbers(text: str) -> Iterator[tuple[Kind, int]]:
    """This function will give each number found in a folded text and where it begins."""
    for run in RUN.finditer(text):
        kind = _kind_of(run[0])
        if kind is not None:
            yield kind, run.start()


def _kind_of(run: str) -> Kind | None:
    groups = tuple(len(group) for group in GROUP.findall(run))
    digits = "".join(GROUP.findall(run)).upper()
    is_whole = len(groups) == 1 or set(groups) == {1}
    if is_id_number(digits):
        return Kind.ID_NUMBER
    # Grouped in another way it is a list of small numbers or of dates.
    if (is_whole or groups in MOBILE_GROUPS) and MOBILE.fullmatch(digits):
        return Kind.MOBILE_NUMBER
    is_grouped = set(groups[:-1]) == {4} and groups[-1] <= 4
    if (is_whole or is_grouped) and is_bank_card(digits):
        return Kind.BANK_CARD
    return None


def is_id_number(digits: str) -> bool:
    """This function will tell an ID number of 18 places by its date and check digit."""
    if len(digits) != 18 or not digits[:17].isdigit() or not _is_birthday(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return digits[17] == CHECK_LETTERS[total % 11]


def _is_birthday(eight: str) -> bool:
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return 1900 <= int(eight[:4]) <= 2099


def is_bank_card(digits: str) -> bool:
    """This function will tell a card number of 16 to 19 digits by the Luhn check (ISO/IEC 7812)."""
    if not 16 <= len(digits) <= 19 or not CARD.fullmatch(digits):
        return False
    doubled = (
        sum(divmod(int(digit) * 2, 10)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0
