"""A split put aside: what of it is kept, what no database keeps, what changed beneath it since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from shuangyong_core.assignments.rules.splits import check_reason
from shuangyong_core.errors import Problem
from shuangyong_core.guard.hidden import find_hidden, say_hidden
from shuangyong_core.guard.numbers import NotANumber, parse_count
from shuangyong_core.guard.scanning import harm_in

LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page was made from: the version of an open draft (0: none), and its assignment's."""

    draft: int = 0
    assignment: int = 0


def write_seen(seen: Mapping[int, Seen]) -> str:
    """This function will write down what a page was made from, a mark a target."""
    return ".".join(f"{target}:{one.draft}:{one.assignment}" for target, one in seen.items())


def read_seen(text: str) -> dict[int, Seen]:
    """This function will read it back; what is no mark was seen by nobody."""
    parts = [part.split(":") for part in text.split(".")]
    return {
        int(part[0]): Seen(int(part[1]), int(part[2]))
        for part in parts
        if len(part) == 3 and all(_is_id(each) for each in part)
    }


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def read_cells(
    typed: Mapping[str, str], *, decimals: int, unit: str
) -> tuple[dict[str, int], dict[str, str]]:
    """This function will give the numbers that were typed, and a sentence for each that is none.

    A cell left blank is 0: half done is not wrong.
    """
    numbers, wrong = {}, {}
    for name, text in typed.items():
        try:
            parsed = parse_count(text or "0", decimals=decimals, unit=unit or None)
            numbers[name] = parsed.scaled
        except NotANumber as refused:
            wrong[name] = refused.problems[0].message
    return numbers, wrong


def keep_cells(
    typed: Mapping[str, str], before: Mapping[str, str], present: Collection[str]
) -> dict[str, str]:
    """This function will give what a save keeps: all that was typed, and the numbers of units
    that are there no more, until the draft ends."""
    gone = {name: text for name, text in before.items() if name not in present}
    return gone | {name: text for name, text in typed.items() if name in present}


class Fate(Enum):
    """What becomes of the draft of one target when its page is saved."""

    LEAVE = auto()  # the page says nothing about it
    KEEP = auto()  # the same again: no change
    MOVED = auto()  # another was first
    END = auto()  # typed back to what stands: nothing is left to put aside
    WRITE = auto()


def fate_of(*, says_nothing: bool, is_same: bool, version: int, seen: int) -> Fate:
    """This function will decide by the version that waits and the one the page was made from
    (0: none), by whether the cells differ from what stands, and from what is kept."""
    if says_nothing and not (version and seen):
        return Fate.LEAVE
    if is_same and version:
        return Fate.KEEP
    if seen != version:
        return Fate.MOVED
    return Fate.END if says_nothing else Fate.WRITE


def find_unkeepable(
    code: str, cells: Mapping[str, str], *, wrong: Collection[str]
) -> list[Problem]:
    """This function will find what may not even be put aside: hidden letters, harm, long texts."""
    problems: list[Problem] = []
    for name in wrong:
        text, field = cells[name], f"{code}.{name}"
        if len(text) > LONGEST_CELL:
            why = f"太长了，这里填一个数，{LONGEST_CELL} 字以内。"
            problems.append(Problem("too_long", why, field=field))
        elif find_hidden(text, with_lines=False):
            problems.append(
                Problem("hidden_character", str(say_hidden(text) or "请重新输入。"), field=field)
            )
        else:
            problems.extend(harm_in(text, field=field))
    return problems


def find_unkeepable_reason(reason: str) -> list[Problem]:
    """This function will find what is wrong with the reason of an excess before it is kept."""
    hidden = say_hidden(reason)
    if hidden:
        return [Problem("hidden_character", hidden, field="reason")]
    return check_reason(reason)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is not any more as it was when a draft was typed."""

    gone: Mapping[str, str]  # what was typed for units that are no children now, by code
    new: tuple[str, ...]  # children for whom nothing was typed
    held_before: int | None  # what was to be shared out then, where it is another number now


def what_changed(
    cells: Mapping[str, str], *, present: Collection[str], held: int, begun_held: int
) -> Changed:
    """This function will compare a draft with the children and the total of today."""
    gone = {name: text for name, text in cells.items() if name not in present and text.strip("0 ")}
    new = tuple(sorted(name for name in present if name not in cells))
    return Changed(gone, new, begun_held if begun_held != held else None)
