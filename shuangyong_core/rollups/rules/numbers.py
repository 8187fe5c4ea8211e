"""How scaled integers leave the product: exact decimals, and one rounding for every rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.1")
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value is, and how it is added over units."""

    kind: str
    decimals: int
    over_units: str


def rate(numerator: int | None, denominator: int | None) -> str | None:
    """This function will give a percentage with one place; None without a denominator."""
    if numerator is None or not denominator:
        return None
    percent = Decimal(numerator) * 100 / Decimal(denominator)
    return str(percent.quantize(PLACES, rounding=ROUND_HALF_UP))


def scaled(number: int, decimals: int) -> str:
    """This function will write a scaled integer as the decimal it stands for."""
    return f"{Decimal(number).scaleb(-decimals):.{decimals}f}"


def value_text(measure: Measure, numerator: int | None, denominator: int | None) -> str | None:
    """This function will write a value; None when there is none to show."""
    if numerator is None:
        return None
    if measure.over_units in ("all_done", "distinct"):
        return str(numerator)  # a count of units, or of aliases
    if measure.kind == "ratio":
        return rate(numerator, denominator)
    if measure.kind == "date":
        return (EPOCH + timedelta(days=numerator)).isoformat()
    return scaled(numerator, measure.decimals)
