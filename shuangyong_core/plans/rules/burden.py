"""What a plan costs those who fill it in: forms and numbers a year for each kind of unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from shuangyong_core.plans.rules.dates import DatedPlan
from shuangyong_core.plans.rules.text import IndicatorText, PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import UNIT_KINDS

# Who, in which round, is asked for which indicators.
Asked = dict[str, dict[str, dict[str, IndicatorText]]]
# Field judgement, not measured: to sign in and look round, then a number at a time.
MINUTES_TO_BEGIN, MINUTES_A_NUMBER, ROUNDED_TO = 3, 2, 5


@dataclass(frozen=True, slots=True)
class Burden:
    """A year's forms and numbers of a kind of unit, or of one unit asked by its code."""

    who: str
    name: str
    unit_count: int | None  # None where no units were at hand
    rounds: int
    fields: int


def count_burden(plan: PlanText, dated: DatedPlan, units: UnitsUnder | None) -> tuple[Burden, ...]:
    """This function will count rounds and numbers a year; two targets of an indicator share one."""
    asked = asked_of(plan, dated)
    return tuple(_burden(who, asked, units) for who in sorted(asked, key=_order))


def count_by_round(plan: PlanText, dated: DatedPlan, units: UnitsUnder | None) -> dict[str, int]:
    """This function will count the numbers that all units together bring in each round."""
    counts = {one.code: 0 for one in dated.rounds}
    for who, rounds in asked_of(plan, dated).items():
        reporters = len(units.reporters([who])) if units else 1
        for code, fields in rounds.items():
            numbers = sum(one.field_count for one in fields.values())
            counts[code] = counts.get(code, 0) + reporters * numbers
    return counts


def asked_of(plan: PlanText, dated: DatedPlan) -> Asked:
    """This function will say who is asked for which indicators in which round."""
    asked: Asked = {}
    for target in plan.targets:
        for number, group in enumerate(target.groups if not target.automatic else ()):
            for who in group.who:
                for one in dated.joined.get((target.code, number), ()):
                    fields = asked.setdefault(who, {}).setdefault(one.round, {})
                    fields[target.indicator.code] = target.indicator
    return asked


def _burden(who: str, asked: Asked, units: UnitsUnder | None) -> Burden:
    rounds = {code: dict(fields) for code, fields in asked[who].items()}
    unit = units.units.get(who) if units else None
    # A unit asked by its code also fills in what its kind is asked.
    for code, fields in asked.get(unit.kind, {}).items() if unit else ():
        rounds.setdefault(code, {}).update(fields)
    name = unit.name if unit else UNIT_KINDS.get(who, who)
    count = len(units.reporters([who])) if units else None
    total = sum(one.field_count for fields in rounds.values() for one in fields.values())
    return Burden(who, name, count, len(rounds), total)


def _order(who: str) -> tuple[int, str]:
    kinds = list(UNIT_KINDS)
    return (kinds.index(who) if who in kinds else len(kinds), who)


def minutes_each(rounds: int, numbers: int) -> int:
    """This function will say about how long one round takes, rounded up to five minutes."""
    if not rounds:
        return 0
    exact = MINUTES_TO_BEGIN + MINUTES_A_NUMBER * numbers / rounds
    return math.ceil(exact / ROUNDED_TO) * ROUNDED_TO
