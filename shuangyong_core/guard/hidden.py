"""Finds the letters nobody can see: controls, lone surrogates, marks that turn writing around."""

from __future__ import annotations

import re

# U+202A–202E and U+2066–2069 turn the direction of writing: "cod.exe" shows as "exe.doc".
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
HIDDEN_IN_LINES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def find_hidden(text: str, *, with_lines: bool = True) -> str | None:
    """This function will name the first letter that may not be kept, as U+XXXX."""
    found = (HIDDEN_IN_LINES if with_lines else HIDDEN).search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def say_hidden(text: str) -> str | None:
    """This function will say which letter must go before a text can be kept, if there is one."""
    found = find_hidden(text)
    return f"文字中有看不见的控制字符 {found}，请删掉后重新输入。" if found else None
