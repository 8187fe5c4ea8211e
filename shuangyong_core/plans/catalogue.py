"""The catalogue (任务目录): 88 targets an office ticks from, each with what it takes by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shuangyong_core.plans.rules.words import HEADINGS

FILE = Path(__file__).parent / "catalogue.yaml"
NUMERALS = "一二三四五六七八"
# What an entry tells its reader and a plan does not keep.
ABOUT = ("office", "supported_by", "levels", "materials", "note")
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A target to tick; `target` and `indicator` are written as a plan's body has them."""

    code: str
    title: str
    category: str
    heading: int
    source: str
    levels: tuple[str, ...]  # the kinds of unit that could report it
    office: str  # the member unit meant, by a part of its name
    supported_by: str  # the member unit that supports it (配合), likewise
    materials: str  # what shows that it was done
    note: str
    target: Mapping[str, Any]
    indicator: Mapping[str, Any]

    @property
    def is_automatic(self) -> bool:
        """Whether the product counts it, so that nobody is asked."""
        return "automatic" in self.target

    @property
    def who(self) -> tuple[str, ...]:
        """Who reports it by default, or is counted."""
        if self.is_automatic:
            return tuple(self.target["automatic"]["who"])
        found = (word for group in self._groups for word in group["who"])
        return tuple(dict.fromkeys(found))

    @property
    def rounds(self) -> tuple[str, ...]:
        """The rounds it is reported in by default; one word, all, where it is every round."""
        named = [self.target.get("rounds"), *(one.get("rounds") for one in self._groups)]
        found = [word for one in named if one for word in ([one] if one == "all" else one)]
        return tuple(sorted(set(found)))

    @property
    def goal(self) -> Mapping[str, Any]:
        """Its goal by default; of several groups the first one's."""
        stated = [self.target.get("goal"), *(one.get("goal") for one in self._groups)]
        return next(one for one in stated if one)

    @property
    def _groups(self) -> Sequence[Mapping[str, Any]]:
        reported = self.target.get("reported_by", ())
        return [one if isinstance(one, Mapping) else {"who": [one]} for one in reported]

    def as_target(
        self,
        *,
        who: Sequence[str] | None = None,
        rounds: Sequence[str] | str | None = None,
        goal: Mapping[str, Any] | None = None,
        offices: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> Body:
        """This function will give the target as a plan's body writes it, changed as asked.

        `offices` gives the code of a member unit by the word of `office`; `fields` are any other
        fields of a target, such as weight, done_by, evidence or title.
        """
        written = deepcopy(dict(self.target))
        if who is None and not self.is_automatic and self.office in (offices or {}):
            who = [(offices or {})[self.office]]
        if self.supported_by in (offices or {}):
            written["supporting"] = [(offices or {})[self.supported_by]]
        if who is not None and self.is_automatic:
            written["automatic"]["who"] = list(who)
        elif who is not None or ((rounds or goal) and self._is_grouped):
            written |= {"reported_by": list(who or self.who)}
            # Rounds and goal of groups that are no more now stand at the target.
            written |= {"rounds": list(self.rounds), "goal": dict(self.goal)}
        if rounds is not None:
            written["rounds"] = rounds if isinstance(rounds, str) else list(rounds)
        if goal is not None:
            written["goal"] = dict(goal)
        return written | {key: value for key, value in fields.items() if value is not None}

    @property
    def _is_grouped(self) -> bool:
        return any(isinstance(one, Mapping) for one in self.target.get("reported_by", ()))


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """This function will give all entries, heading by heading."""
    read = yaml.safe_load(FILE.read_bytes())
    indicators = {one["code"]: one for one in read["indicators"]}
    return tuple(_entry(one, indicators) for one in read["entries"])


def by_heading() -> list[tuple[str, tuple[CatalogueEntry, ...]]]:
    """This function will give the entries under the eight headings of the standard."""
    return [
        (heading_word(number), tuple(one for one in catalogue() if one.heading == number))
        for number in range(1, len(HEADINGS) + 1)
    ]


def heading_word(number: int) -> str:
    """This function will name a heading of the standard as it is printed."""
    return f"{NUMERALS[number - 1]}、{HEADINGS[number - 1]}"


def find_offices(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """This function will give the code of each member unit the catalogue means, by its word.

    `names` are the codes and names of an office's member units; a word that no name or more than
    one name ends with stays out, for the office knows better.
    """
    listed = list(names)
    found: dict[str, str] = {}
    words = {word for one in catalogue() for word in (one.office, one.supported_by) if word}
    for office in words:
        codes = [code for code, name in listed if name.endswith(office)]
        if len(codes) == 1:
            found[office] = codes[0]
    return found


def indicators_of(targets: Iterable[Mapping[str, Any]]) -> list[Body]:
    """This function will give the catalogue's indicators that targets of a body name, each once."""
    known = {one.indicator["code"]: dict(one.indicator) for one in catalogue()}
    named = dict.fromkeys(target.get("indicator") for target in targets)
    return [deepcopy(known[code]) for code in named if code in known]


def _entry(written: Body, indicators: Mapping[str, Body]) -> CatalogueEntry:
    return CatalogueEntry(
        code=written["code"],
        title=written["title"],
        category=written["category"],
        heading=written["heading"],
        source=written["source"],
        levels=tuple(written["levels"]),
        office=written.get("office", ""),
        supported_by=written.get("supported_by", ""),
        materials=written["materials"],
        note=written["note"],
        target={key: value for key, value in written.items() if key not in ABOUT},
        indicator=indicators[written["indicator"]],
    )
