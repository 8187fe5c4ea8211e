"""Brings every way to write a digit to one, keeping where each letter stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CHINESE = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖幺两", "12345678912", strict=True)
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with plain digits, without invisible letters; `places[i]` is where letter i stood."""

    text: str
    places: tuple[int, ...]

    def begins(self, index: int) -> int:
        """This function will give a letter's place in the text as typed, from 1."""
        return self.places[index] + 1


def fold_digits(text: str) -> Folded:
    """This function will fold a text; 十, 百 and 千 stay as they are."""
    kept = [
        (letter, place) for place, given in enumerate(text) if (letter := _plain(given)) is not None
    ]
    return Folded("".join(letter for letter, _ in kept), tuple(place for _, place in kept))


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str | None:
    if letter.isascii():
        return letter
    if letter in CHINESE:
        return CHINESE[letter]
    # Any script's digit, the circled and raised ones too: ３ ٣ ③ ³ all say 3.
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(letter) in ("Cf", "Mn"):
        return None  # zero-width letters and marks put between digits hide nothing
    # Wide letters and signs in their plain form; a letter that folds to several stays.
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter
