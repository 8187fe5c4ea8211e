"""Base numbers (基数) when units are merged, split or abolished: every one goes on somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuangyong_core.amendments.rules.acts import ActKind, Turn
from shuangyong_core.amendments.rules.play import Fault
from shuangyong_core.units.words import BASE_NAMES, BASES

Place = tuple[int, str]  # unit, base
BETWEEN = re.compile(r"[;；、，,\s]+")
ONE = re.compile(r"(.{1,40}?)[=＝:：]([0-9]{1,12})")
EXAMPLE = "优抚对象=20；户数=180"


class NotBases(ValueError):
    """The text is not a list of base numbers."""


@dataclass(frozen=True, slots=True)
class BaseMove:
    """One base of one unit, before and after an act."""

    row: int
    unit: int
    key: str
    before: int | None  # none: it was not known there
    after: int
    since: date


def word_of(key: str) -> str:
    """This function will name a base number as it is written on a page."""
    return BASE_NAMES.get(key, key)


def read_bases(text: str) -> tuple[tuple[str, int], ...]:
    """This function will read 优抚对象=20；户数=180; raises NotBases."""
    found: dict[str, int] = {}
    for part in BETWEEN.split(text.strip()):
        if not part:
            continue
        one = ONE.fullmatch(part)
        key = BASES.get(one[1], one[1]) if one else ""
        if one is None or key in found:
            raise NotBases(text)
        found[key] = int(one[2])
    return tuple(found.items())


def play_bases(
    turns: Sequence[Turn], values: Mapping[Place, int]
) -> tuple[list[BaseMove], list[Fault]]:
    """This function will say what becomes of the latest base numbers, act by act.

    The heir of a merger gets them; a split says itself who gets what; they go with an abolished
    unit.
    """
    now, moves, faults = dict(values), list[BaseMove](), list[Fault]()
    for turn in turns:
        if turn.kind not in (ActKind.MERGE, ActKind.SPLIT, ActKind.ABOLISH):
            continue
        whole = {key: value for (unit, key), value in now.items() if unit == turn.unit and value}
        faults += _faults(turn, whole)
        for (unit, key), value in _after(turn, whole, now).items():
            moves.append(BaseMove(turn.row, unit, key, now.get((unit, key)), value, turn.since))
            now[unit, key] = value
    return moves, faults


def _after(turn: Turn, whole: Mapping[str, int], now: Mapping[Place, int]) -> dict[Place, int]:
    given = {(unit, key): value for unit, key, value in turn.bases}
    if len(turn.to) == 1:
        given = {(turn.to[0], key): value for key, value in whole.items()}
    after = {(turn.unit, key): given.pop((turn.unit, key), 0) for key in whole}
    after |= {place: now.get(place, 0) + value for place, value in given.items()}
    return {place: value for place, value in after.items() if value != now.get(place)}


def _faults(turn: Turn, whole: Mapping[str, int]) -> list[Fault]:
    """A split into several says of every base who gets how much, to the last one."""
    if len(turn.to) < 2:
        return []
    given = {(unit, key): value for unit, key, value in turn.bases}
    missing = [key for key in whole if any((unit, key) not in given for unit in turn.to)]
    if missing:
        listed = "、".join(f"{word_of(key)} {whole[key]:,}" for key in missing)
        said = (
            f"这个单位有基数：{listed}。拆分时请在每一行的“基数”列写明各得多少，"
            f"没有的写 0，例如 {EXAMPLE}。"
        )
        return [Fault(turn.row, "bases", "bases_missing", said)]
    faults = []
    for key in dict.fromkeys(key for _, key in given):
        total = sum(value for (_, one), value in given.items() if one == key)
        if total != whole.get(key, 0):
            said = f"{word_of(key)}各行合计 {total:,}，原来是 {whole.get(key, 0):,}，要正好分完。"
            faults.append(Fault(turn.row, "bases", "bases_sum", said))
    return faults
