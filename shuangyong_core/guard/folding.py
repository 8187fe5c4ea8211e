"""Brings what Chinese keyboards and spreadsheets write to plain characters, and says so."""

from __future__ import annotations

# Only what is the same character in another width; never NFKC, which turns ² into 2 and ① into 1.
WIDE_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
WIDE_SIGNS = {ord(wide): narrow for wide, narrow in zip("．－−＋／％", ".--+/%", strict=True)}
WIDE = WIDE_DIGITS | WIDE_SIGNS
# In one set, because stripping blanks and invisible letters by turns is slow on a hostile text.
EDGES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b\u200c\u200d\u2060"


def fold_width(text: str) -> str:
    """This function will turn full-width digits, dot, signs and slash into their plain form."""
    return text if text.isascii() else text.translate(WIDE)


def fold_input(text: str) -> tuple[str, tuple[str, ...]]:
    """This function will trim and fold a cell or field, with a sentence for each thing it did."""
    notes: list[str] = []
    trimmed = trim(text)
    if trimmed != text:
        notes.append(f"首尾空格已去掉：{trimmed}")
    folded = fold_width(trimmed)
    if folded != trimmed:
        notes.append(f"{_what_was_wide(trimmed)}已转为半角：{folded}")
    return folded, tuple(notes)


def trim(text: str) -> str:
    """This function will take blanks off both ends, the invisible ones of web pages included."""
    return text.strip(EDGES)


def _what_was_wide(text: str) -> str:
    return "全角数字" if any(ord(letter) in WIDE_DIGITS for letter in text) else "全角符号"
