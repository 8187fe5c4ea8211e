"""Reads JSON strictly: what Python's reader lets pass in silence is refused, with its place."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.hidden import say_hidden
from shuangyong_core.guard.masking import mask

DEEPEST = 24
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
LONGEST_WHOLE = 40  # digits: the number parser says better what is wrong with a shorter one


class NotJson(Refused):
    """The body is not JSON, or says two things at once."""

    message = "内容不是正确的 JSON：{why}"
    code = "not_json"


def read_json(raw: bytes) -> Any:
    """This function will read a body; raises NotJson, or Problems for texts nobody can keep."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_float,
            parse_int=_whole,
        )
    except UnicodeDecodeError as wrong:
        raise NotJson(why=f"第 {wrong.start + 1} 个字节起不是 UTF-8。") from None
    except json.JSONDecodeError as wrong:
        where = f"第 {wrong.lineno} 行第 {wrong.colno} 个字符处写错了。"
        has_mark = raw.startswith(codecs.BOM_UTF8)
        raise NotJson(why="文件开头有 BOM，请去掉。" if has_mark else where) from None
    except RecursionError:
        raise NotJson(why="括号套得太深。") from None
    found, deepest = _texts(value)
    if deepest > DEEPEST:
        raise NotJson(why="括号套得太深。")
    if UNKEEPABLE.search("".join(found)):
        raise Problems(
            [
                Problem("hidden_character", str(say_hidden(text)), field=place)
                for place, text in _places(value)
                if UNKEEPABLE.search(text)
            ]
        )
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotJson(why=f"“{mask(name)}”写了两遍，请只留一处。")
        found[name] = value
    return found


def _no_number(word: str) -> NoReturn:
    raise NotJson(why=f"{word} 不是数。")


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number) or Decimal(text) != Decimal(repr(number)):
        # The float would be another number than was written.
        raise NotJson(why=f'数 {mask(text)} 太大或位数太多，请加引号写成文字，例如 "12.50"。')
    return number


def _whole(text: str) -> int:
    if len(text) > LONGEST_WHOLE:
        raise NotJson(why=f"数 {mask(text)} 太大，请核对单位。")
    return int(text)


def _texts(value: Any) -> tuple[list[str], int]:
    """Every text and name inside, and how deep it goes."""
    found: list[str] = []
    depth, level = -1, [value]
    while level:
        depth, level, above = depth + 1, [], level
        for inner in above:
            if isinstance(inner, str):
                found.append(inner)
            elif isinstance(inner, dict):
                found.extend(inner)
                level.extend(inner.values())
            elif isinstance(inner, list):
                level.extend(inner)
    return found, depth


def _places(value: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while waiting:
        place, inner = waiting.pop()
        if isinstance(inner, str):
            yield ".".join(place), inner
        elif isinstance(inner, list):
            waiting.extend(((*place, str(row)), each) for row, each in enumerate(inner))
        elif isinstance(inner, dict):
            for name, each in inner.items():
                shown = name.encode("utf-8", "replace").decode().replace("\0", "?")
                yield ".".join((*place, shown)), name
                waiting.append(((*place, shown), each))
