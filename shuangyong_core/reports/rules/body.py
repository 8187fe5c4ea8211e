"""Reads a report's json body as a whole, and gives the one hash of all its spellings."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from json.encoder import encode_basestring_ascii
from typing import Any

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.folding import fold_width, trim
from shuangyong_core.guard.hidden import say_hidden
from shuangyong_core.guard.masking import mask
from shuangyong_core.reports.rules.texts import tidy_text
from shuangyong_core.reports.rules.wrong import Wrong

NAMES = ("plan", "unit", "round", "figures", "note", "on_behalf")
PLACES = ("plan", "unit", "round")
DEEPEST = 6
LARGEST = 200_000  # characters of a body: a report is a few dozen figures
LONGEST_NOTE = 1000
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class BodyUnreadable(Refused):
    """The body is nested too deep, too large, or holds what json cannot."""

    message = "内容读不出来：{why}"
    code = "body_unreadable"


def check_size(body: object) -> None:
    """This function will refuse what is nested too deep or too large; raises BodyUnreadable."""
    if not isinstance(body, Mapping):
        raise BodyUnreadable(why='要写成 {"figures": {…}} 的样子。')
    if sum(_size_of(leaf) for leaf in _leaves(body)) > LARGEST:
        raise BodyUnreadable(why="内容太长，请分开报送。")


def check_keepable(body: Mapping[str, Any]) -> None:
    """This function will refuse what no database keeps as json; BodyUnreadable, Problems."""
    leaves = _leaves(body)
    if UNKEEPABLE.search("".join(leaf for leaf in leaves if isinstance(leaf, str))):
        raise Problems(
            [
                Problem("hidden_character", str(say_hidden(leaf)), field=field)
                for field, inner in _fields(body)
                for leaf in _leaves(inner)
                if isinstance(leaf, str) and UNKEEPABLE.search(leaf)
            ]
        )
    for leaf in leaves:
        if isinstance(leaf, str):
            continue
        if isinstance(leaf, float) and not math.isfinite(leaf):
            raise BodyUnreadable(why="NaN 和无穷大不是数，请填整数，例如 6。")
        if isinstance(leaf, int) and leaf.bit_length() > 256:
            raise BodyUnreadable(why="数太大了：整数部分最多 15 位，请核对单位。")
        if leaf is not None and not isinstance(leaf, bool | int | float):
            raise BodyUnreadable(why="只能写文字、数、是否和它们的列表。")


def _fields(body: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """A figure is named by its target, everything else by its own name."""
    for name, inner in body.items():
        if name == "figures" and isinstance(inner, Mapping):
            yield from ((str(code), [code, figure]) for code, figure in inner.items())
        else:
            yield str(name), [name, inner]


def _leaves(value: object) -> list[object]:
    """Every name and value inside, level by level; raises BodyUnreadable where it goes too deep."""
    found: list[object] = []
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise BodyUnreadable(why="括号套得太深，请照样例写。")
        level, above, depth = [], level, depth + 1
        for inner in above:
            if isinstance(inner, str):
                found.append(inner)
            elif isinstance(inner, Mapping):
                found.extend(map(str, inner))
                level.extend(inner.values())
            elif isinstance(inner, list | tuple):
                level.extend(inner)
            else:
                found.append(inner)
    return found


def _size_of(leaf: object) -> int:
    if isinstance(leaf, str):
        return len(leaf)
    return leaf.bit_length() // 3 if isinstance(leaf, int) else 1


def read_envelope(
    body: Mapping[str, Any], *, codes: Mapping[str, str]
) -> tuple[Mapping[str, Any], str]:
    """This function will give the figures and the note; raises Problems for all that is beside."""
    problems = [
        Problem("unknown_name", f"报送里没有这一栏，可以写的是 {'、'.join(NAMES)}。",
                field=mask(name))
        for name in body if name not in NAMES
    ]  # fmt: skip
    problems += [
        Problem("other_place", f"与报送的地址不一致，这里是 {codes[name]}。", field=name,
                value=mask(body[name]))
        for name in PLACES if name in body and body[name] != codes[name]
    ]  # fmt: skip
    figures = body.get("figures")
    if not isinstance(figures, Mapping):
        sentence = "没有 figures 一栏，请按任务编号填写。"
        problems.append(Problem("figures", sentence, field="figures"))
    note = _read_note(body.get("note"), problems)
    if not isinstance(body.get("on_behalf", False), bool):
        problems.append(Problem("on_behalf", "代填只能写 true 或 false。", field="on_behalf"))
    if problems or not isinstance(figures, Mapping):
        raise Problems(problems)
    return figures, note


def _read_note(given: object, problems: list[Problem]) -> str:
    try:
        return tidy_text(given, [], longest=LONGEST_NOTE)
    except Wrong as wrong:
        problems += [Problem(code, sentence, field="note") for code, sentence, _ in wrong.faults]
        return ""


def hash_body(body: Mapping[str, Any], *, codes: Mapping[str, str]) -> str:
    """This function will give one SHA-256 for all ways to write the same report."""
    kept = {name: _canonical(value) for name, value in body.items() if name not in PLACES}
    # What is left out and what is said to be nothing are the same.
    kept = {name: value for name, value in kept.items() if value not in ("", "false", None)}
    text = json.dumps({**kept, **codes}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> Any:
    if isinstance(value, Mapping):
        # Pairs, not a mapping: two spellings of one name must not hide each other.
        pairs = [[_canonical(str(name)), _canonical(inner)] for name, inner in value.items()]
        is_once = len({name for name, _ in pairs}) == len(pairs)
        # The same order; a name as json writes it is found at a tenth of the cost.
        return {"pairs": sorted(pairs, key=_name_of if is_once else json.dumps)}
    if isinstance(value, list | tuple):
        return [_canonical(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        trimmed = trim(value)
        if trimmed.isascii():
            return trimmed
        return unicodedata.normalize("NFC", fold_width(trimmed))
    if isinstance(value, int) and value.bit_length() > 256:
        return hex(value)  # Python refuses to write out a number of 5,000 digits
    # 12 and "12" are the same number; 12.0 is told apart, since it may be refused.
    return None if value is None else str(value)


def _name_of(pair: Sequence[Any]) -> str:
    return encode_basestring_ascii(str(pair[0]))
