"""Takes off what people write around a number: its unit, commas of thousands, an exact 万 or 亿."""

from __future__ import annotations

import re

Changed = tuple[str, tuple[str, ...]]
GROUPED = re.compile(r"([+-]?)([1-9][0-9]{0,2}(?:[,，][0-9]{3})+)(\.[0-9]+)?")
# Blanks that no keyboard types: a program grouped the thousands with them.
SPACED = re.compile("([+-]?)([1-9][0-9]{0,2}(?:[\u00a0\u202f\u2009][0-9]{3})+)(\\.[0-9]+)?")
LARGE = {"万": 4, "亿": 8}
MULTIPLIED = re.compile(r"([+-]?)([0-9]{1,15})(?:\.([0-9]{1,8}))?\s*([万亿])")
MONEY = "元"


def take_off(text: str, *, unit: str | None) -> Changed:
    """This function will give the bare number, with a sentence for each thing it took off."""
    bare, notes = _without_unit(text, unit=unit)
    large = bare[-1:] if bare[-1:] in LARGE else ""
    number, grouped = _without_thousands(bare.removesuffix(large).rstrip() if large else bare)
    bare, spelled = _without_large(number + large, unit=unit)
    # Converted is said once: not also that its 元 was taken off.
    return bare, (*(() if spelled else notes), *grouped, *spelled)


def _without_unit(text: str, *, unit: str | None) -> Changed:
    if not unit or not text.endswith(unit) or text == unit:
        return text, ()
    bare = text.removesuffix(unit).rstrip()
    return bare, (f"单位“{unit}”已去掉：{bare}",)


def _without_thousands(text: str) -> Changed:
    if GROUPED.fullmatch(text):
        bare = text.replace(",", "").replace("，", "")
        return bare, (f"千分位逗号已去掉：{bare}",)
    if SPACED.fullmatch(text):
        bare = "".join(text.split())
        return bare, (f"千分位空格已去掉：{bare}",)
    return text, ()


def _without_large(text: str, *, unit: str | None) -> Changed:
    match = MULTIPLIED.fullmatch(text)
    if not match or not unit:
        return text, ()
    sign, whole, fraction, large = match[1], match[2], match[3] or "", match[4]
    if unit.startswith(large):  # 12万 where 万元 are asked for
        return text.removesuffix(large).rstrip(), (f"“{large}”已去掉，单位是“{unit}”",)
    if unit != MONEY or len(fraction.rstrip("0")) > LARGE[large] + 2:
        return text, ()  # 12万 persons are nowhere exact: asked again
    digits = fraction.ljust(LARGE[large], "0")
    exact = (whole + digits[: LARGE[large]]).lstrip("0") or "0"
    rest = digits[LARGE[large] :].rstrip("0")
    plain = sign + exact + (f".{rest}" if rest else "")
    return plain, (f"{text}{MONEY}已换算：{plain}",)
