"""An exact 万 or 亿 is converted where money is asked for, and asked again everywhere else."""

from __future__ import annotations

import pytest

from shuangyong_core.guard.numbers import parse_count
from tests.guard.test_parse_count import reason


@pytest.mark.parametrize(
    ("text", "unit", "scaled", "note"),
    [
        ("12万元", "元", 12_000_000, "12万元已换算：120000"),
        ("1.2亿", "元", 12_000_000_000, "1.2亿元已换算：120000000"),
        ("1,200 万元", "元", 1_200_000_000, "1200万元已换算：12000000"),
        ("0.000125万元", "元", 125, "0.000125万元已换算：1.25"),
        ("12万", "万元", 1200, "“万”已去掉，单位是“万元”"),
        ("1\u00a0234\u202f567", "元", 123_456_700, "千分位空格已去掉：1234567"),
    ],
)
def test_an_exact_large_unit_is_converted_where_money_is_asked(
    text: str, unit: str, scaled: int, note: str
) -> None:
    parsed = parse_count(text, decimals=2, unit=unit)

    assert (parsed.scaled, parsed.notes[-1]) == (scaled, note)


@pytest.mark.parametrize("text", ["12万", "1.2亿", "12万人", "0.5万"])
def test_a_large_unit_of_anything_else_is_asked_again(text: str) -> None:
    assert reason(text, unit="人")[0] == "wrong_unit"
    assert reason("3万余元", unit="元")[0] == "about"
    assert reason("0.1234567万元", unit="元", decimals=2)[0] in ("wrong_unit", "too_many_decimals")
