"""The numbers of the registers: 双拥交办〔2026〕1号, and the address that fits a link."""

from __future__ import annotations

HANDOUT, PROBLEM = "handout", "problem"


def handout_number(*, year: int, no: int, giver: str, is_issuer: bool) -> str:
    """This function will write a hand-out's number; another unit's register bears its name."""
    return f"{'双拥' if is_issuer else giver}交办〔{year}〕{no}号"


def problem_number(*, year: int, no: int) -> str:
    """This function will write the number of a problem."""
    return f"需协调〔{year}〕{no}号"


def reference(*, unit: str, year: int, no: int) -> str:
    """This function will write the address of a number: whose register, which year, which no."""
    return f"{unit}-{year}-{no}"
