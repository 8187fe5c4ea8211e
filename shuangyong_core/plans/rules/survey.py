"""Looks a body over while it is being written: what is wrong is named, the rest still counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.rules.burden import Burden, count_by_round
from shuangyong_core.plans.rules.check_plan import check
from shuangyong_core.plans.rules.dates import RoundDates
from shuangyong_core.plans.rules.read_plan import read_body
from shuangyong_core.plans.rules.stage_chain import Shortfall
from shuangyong_core.plans.rules.text import IndicatorText, PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder, see_from
from shuangyong_core.units.rules import UnitList

TARGET = re.compile(r"targets\[([^\]]+)\]")
Known = Mapping[str, IndicatorText]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at a body found; the burden counts what could be read."""

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    burden: tuple[Burden, ...]
    by_round: Mapping[str, int]  # numbers all units together report in each round
    rounds: tuple[RoundDates, ...]
    under: UnitsUnder | None  # the units the issuer reaches
    text: PlanText | None  # what could be read
    shortfalls: tuple[Shortfall, ...] = ()  # rounds that cannot be met from the day asked about

    @property
    def is_sound(self) -> bool:
        """It could be launched as it stands."""
        return not self.problems


def survey(
    body: Mapping[str, Any],
    units: UnitList | None,
    calendar: Calendar,
    *,
    known: Known,
    starts_on: date | None = None,
) -> Survey:
    """This function will check a body like a file; where it cannot be read, what is left of it."""
    unread, text = _read_what_can_be(body, known)
    if text is None:
        issuer = str(body.get("plan", {}).get("issuer", ""))
        return Survey(unread, (), (), {}, (), _seen(issuer, units), None)
    found = check(text, units, calendar, known=known, starts_on=starts_on)
    under = _seen(text.head.issuer, units)
    return Survey(
        (*unread, *found.problems),
        found.warnings,
        found.burden,
        count_by_round(text, found.dated, under),
        found.dated.rounds,
        under,
        text,
        found.shortfalls,
    )


def _seen(issuer: str, units: UnitList | None) -> UnitsUnder | None:
    return None if units is None else see_from(issuer, units)


def target_of(problem: Problem) -> str:
    """This function will give the code of the target a problem lies in, or nothing."""
    found = TARGET.match(problem.field or "")
    return found[1] if found else ""


def _read_what_can_be(
    body: Mapping[str, Any], known: Known
) -> tuple[tuple[Problem, ...], PlanText | None]:
    try:
        return (), read_body(body, known=known)
    except Problems as wrong:
        problems = wrong.problems
    spoiled = {target_of(problem) for problem in problems}
    rest = [one for one in body.get("targets", ()) if str(one.get("code")) not in spoiled]
    if "" in spoiled or not rest:
        return problems, None
    try:
        return problems, read_body({**body, "targets": rest}, known=known)
    except Problems:
        return problems, None
