"""Reads what people write: trimmed, in one Unicode form, without characters nobody can see."""

from __future__ import annotations

import unicodedata

from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.hidden import say_hidden
from shuangyong_core.reports.rules.wrong import Fault, Wrong

LONGEST_TEXT = 2000
LONGEST_WHY = 300
LONGEST_KEY = 60
MOST_KEYS = 500


def tidy_text(given: object, notes: list[str], *, longest: int = LONGEST_TEXT) -> str:
    """This function will give a text as it is kept; raises Wrong for what cannot be kept."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Wrong(("not_text", "这里要写文字。", given))
    # A browser ends a line with CR LF, a spreadsheet with LF: one text, however it came.
    text = trim(given.replace("\r\n", "\n").replace("\r", "\n"))
    sentence = say_hidden(text)
    if sentence:
        raise Wrong(("hidden_character", sentence, given))
    if len(text) > longest:
        raise Wrong(("too_long", f"最多 {longest} 个字，现在是 {len(text)} 个。", None))
    if text != given.replace("\r\n", "\n").replace("\r", "\n"):
        notes.append("首尾空格已去掉")
    return unicodedata.normalize("NFC", text)


def list_keys(given: object, notes: list[str]) -> tuple[str, ...]:
    """This function will give aliases, each once; an empty list is 0."""
    if not isinstance(given, list | tuple):
        raise Wrong(("keys", "请逐个列出代称，例如 驻军单位A。", given))
    if len(given) > MOST_KEYS:
        raise Wrong(("too_many_keys", f"最多列 {MOST_KEYS} 个代称。", None))
    keys, faults = [], list[Fault]()
    for alias in given:
        try:
            keys.append(_read_key(alias, notes))
        except Wrong as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise Wrong(*faults)
    once = tuple(sorted(set(keys)))
    if len(once) < len(keys):
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        notes.append(f"重复的代称只算一次：{'、'.join(repeated)}")
    return once


def _read_key(alias: object, notes: list[str]) -> str:
    said: list[str] = []
    key = tidy_text(alias, said, longest=LONGEST_KEY)
    if not key:
        raise Wrong(("blank", "有一个代称是空的，请填写或删掉这一行。", None))
    if any(letter in "\n\t\r" for letter in key):
        raise Wrong(("hidden_character", "一行只写一个代称，中间不能换行。", alias))
    notes.extend(f"代称“{key}”{sentence}" for sentence in said)
    return key
