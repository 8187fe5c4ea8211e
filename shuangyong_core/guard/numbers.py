"""The one number parser of every channel: exact scaled integers, nothing guessed, nothing rounded.

`parse_count` answers `Parsed` or raises `NotANumber`, whose `problems` hold one `Problem` with the
code, the sentence and the masked value; a caller that reads a sheet adds row and column to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shuangyong_core.errors import Problem, Refused
from shuangyong_core.guard.around_numbers import take_off
from shuangyong_core.guard.folding import fold_input
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.wrong_numbers import why_not_a_number

PLAIN = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{1,6}))?")
WRITTEN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number as it is stored (value × 10^decimals), and what was normalised on the way."""

    scaled: int
    notes: tuple[str, ...] = ()


class NotANumber(Refused):
    """What was written is not a number this field can hold."""

    message = "{where}{why}"
    code = "not_a_number"


def parse_count(
    value: object,
    *,
    decimals: int = 0,
    field: str | None = None,
    unit: str | None = None,
    allow_negative: bool = False,
) -> Parsed:
    """This function will read a number exactly as scaled integer, or raise NotANumber."""
    try:
        text, notes = fold_input(_text_of(value, decimals=decimals))
        text, more = take_off(text, unit=unit)
        scaled, cut = _scale(text, decimals=decimals, unit=unit)
        if scaled < 0 and not allow_negative:
            raise _Wrong("negative", "这一项不能填负数，请填 0 或正数。")
    except _Wrong as wrong:
        raise _refusal(wrong, value=value, field=field) from None
    return Parsed(scaled, (*notes, *more, *cut))


class _Wrong(Exception):
    def __init__(self, code: str, why: str) -> None:
        super().__init__(code)
        self.code, self.why = code, why


def _refusal(wrong: _Wrong, *, value: object, field: str | None) -> NotANumber:
    shown = mask(value)
    where = f"{field}填的“{shown}”不能用：" if field else f"“{shown}”不能用："
    problem = Problem(wrong.code, wrong.why, field=field, value=shown)
    return NotANumber(problems=(problem,), where=where, why=wrong.why)


def _text_of(value: object, *, decimals: int) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise _Wrong("blank", f"没有填数，{example(decimals)}。")
    if isinstance(value, bool):
        raise _Wrong("not_a_number", f"“是/否”不是数，{example(decimals)}。")
    if isinstance(value, int):
        if abs(value) >= 10**15:
            raise _Wrong("too_big", "数太大了：整数部分最多 15 位，请核对单位。")
        return str(value)
    if isinstance(value, float | Decimal):
        # repr is the shortest text that means this very float: what the sender wrote.
        return str(value)
    raise _Wrong("not_a_number", f"这里只能填一个数，{example(decimals)}。")


def _scale(text: str, *, decimals: int, unit: str | None) -> tuple[int, tuple[str, ...]]:
    match = PLAIN.fullmatch(text)
    if not match:
        raise _Wrong(*why_not_a_number(text, unit=unit, example=example(decimals)))
    sign, whole, fraction = match[1], match[2], match[3] or ""
    kept, beyond = fraction[:decimals], fraction[decimals:]
    if beyond.strip("0"):
        raise _Wrong(*_too_fine(decimals))
    scaled = int(whole + kept.ljust(decimals, "0")) * (-1 if sign == "-" else 1)
    if abs(scaled) > LARGEST:
        raise _Wrong("too_big", "数太大了，请核对单位。")
    plain = format_scaled(scaled, decimals)
    changed = sign == "+" or beyond or whole != str(int(whole)) or (sign == "-" and not scaled)
    return scaled, (f"{text} 按 {plain} 记",) if changed else ()


def _too_fine(decimals: int) -> tuple[str, str]:
    if decimals == 0:
        return "fraction", f"这一项是计数，不能有小数，{example(0)}。"
    return "too_many_decimals", f"最多 {decimals} 位小数，不会替您四舍五入，{example(decimals)}。"


def example(decimals: int) -> str:
    """This function will say what a good answer looks like."""
    if decimals == 0:
        return "请填整数，例如 6"
    sample = format_scaled(65 * 10 ** (decimals - 1), decimals)
    return f"请填数字，最多 {decimals} 位小数，例如 {sample}"


def format_scaled(scaled: int, decimals: int) -> str:
    """This function will write a scaled integer with its decimals, exactly."""
    return f"{Decimal(scaled).scaleb(-decimals):.{decimals}f}"


def with_thousands(plain: str) -> str:
    """This function will write a plain number with its thousands: 1,306.50; else as it is."""
    return f"{Decimal(plain):,}" if WRITTEN.fullmatch(plain) else plain


def ratio_text(numerator: int, denominator: int, *, places: int = 1) -> str:
    """This function will write a percentage, halves away from zero (ROUND_HALF_UP); "—" for n/0."""
    if denominator == 0:
        return "—"
    # Whole numbers all the way: one rounding, at the last place shown.
    upper = 2 * abs(numerator) * 10 ** (places + 2) + abs(denominator)
    rounded = upper // (2 * abs(denominator))
    return format_scaled(rounded if numerator * denominator >= 0 else -rounded, places)
