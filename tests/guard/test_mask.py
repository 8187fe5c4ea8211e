"""Bad input is shown short, masked, and harmless to a terminal or a log."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.guard.masking import mask


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("12户", "12户"),
        ("2026-13-01", "2026-13-01"),
        ("2026-03-06 10:00", "2026-03-06 10:00"),
        ("990106", "990106"),
        ("23800001111", "238****1111"),
        ("238 0000 1111", "238******1111"),
        ("238-0000-1111", "238******1111"),
        ("99010119000101001X", "990***********001X"),
        ("９９０１０１１９０００１０１００１１", "９９０***********００１１"),
        ("1234567", "12***67"),
        ("a\u202eb\x00c\r\nd\u200be", "abcde"),
        ("238\u200b0000\u200b1111", "238****1111"),
        ("\ud800坏", "坏"),
        (None, "空"),
        (3.5, "3.5"),
        (True, "True"),
        pytest.param(10**5000, "（过长的数）", id="5001 digits"),
        ([[["深"]]], "（不是文字或数）"),
    ],
)
def test_a_value_is_shown_masked(value: object, shown: str) -> None:
    assert mask(value) == shown


def test_a_long_text_is_cut_at_forty() -> None:
    shown = mask("双" * 100_000)

    assert len(shown) == 40
    assert shown.endswith("…")


def test_a_list_too_deep_to_print_is_still_shown() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]

    assert mask(deep) == "（不是文字或数）"


@given(st.text() | st.text(alphabet="0123456789Xx -\u200b一", max_size=60))
def test_nothing_private_or_unprintable_is_left(text: str) -> None:
    shown = mask(text)

    assert len(shown) <= 40
    assert not re.search(r"\d{7}", shown)
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in shown)
    shown.encode()
