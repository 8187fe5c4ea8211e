"""Letters nobody can see are named by their code point; what people write is let through."""

from __future__ import annotations

import pytest

from shuangyong_core.guard.hidden import find_hidden


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\0b", "U+0000"),
        ("\x1b[31m", "U+001B"),
        ("\x7f", "U+007F"),
        ("甲\x85乙", "U+0085"),
        ("\ud800", "U+D800"),
        ("cod\u202eexe", "U+202E"),
        ("\u2066甲", "U+2066"),
    ],
)
def test_a_letter_nobody_sees_is_named(text: str, named: str) -> None:
    assert find_hidden(text) == named


@pytest.mark.parametrize(
    "text", ["", "甲\n乙\t丙\r\n", "👨\u200d👩\u200d👧", "é", "𠮷㐂", "㎡①", "<b>"]
)
def test_what_people_write_is_let_through(text: str) -> None:
    assert find_hidden(text) is None


def test_a_name_is_one_line() -> None:
    assert find_hidden("甲\n乙", with_lines=False) == "U+000A"
