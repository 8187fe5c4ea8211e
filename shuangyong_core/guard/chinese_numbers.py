"""Reads an exact Chinese numeral, only to propose it: the writer types the digits."""

from __future__ import annotations

from functools import cache

DIGITS = "零一二三四五六七八九"
PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
PLAIN = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟", "零二一二三四五六七八九十百千")
LETTERS = frozenset(DIGITS + "十百千〇两壹贰叁肆伍陆柒捌玖拾佰仟")


def chinese_number(text: str) -> int | None:
    """This function will give the number under ten thousand a numeral says exactly, or None."""
    plain = text.translate(PLAIN)
    return _numerals().get("一" + plain if plain.startswith("十") else plain)


@cache
def _numerals() -> dict[str, int]:
    # What is not in this table is not an exact writing: 一百五 may be 105 or 150.
    return {_write(number): number for number in range(10_000)}


def _write(number: int) -> str:
    text = ""
    for place, name in PLACES:
        digit, number = divmod(number, place)
        if digit:
            text += DIGITS[digit] + name
        elif number and text and not text.endswith("零"):
            text += "零"
    return text or "零"
