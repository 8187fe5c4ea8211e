"""Who is asked what in which round, and what that makes of each month of one unit's year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from shuangyong_core.plans.rules.burden import asked_of, minutes_each
from shuangyong_core.plans.rules.dates import DatedPlan, RoundDates
from shuangyong_core.plans.rules.text import IndicatorText, PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.plans.rules.words import UNIT_KINDS
from shuangyong_core.supervision.rules.rehearsal.values import Load, MonthLoad, Profile

MONTHS = 12


def profiles_of(plan: PlanText, dated: DatedPlan, under: UnitsUnder) -> tuple[Profile, ...]:
    """This function will group the units under the issuer by what they are asked."""
    asked = asked_of(plan, dated)
    by_code = {who for who in asked if who in under.units}
    found: list[Profile] = []
    for kind, word in UNIT_KINDS.items():
        units = tuple(code for code in under.by_kind.get(kind, ()) if code not in by_code)
        if kind in asked and units:
            found.append(Profile(kind, word, kind, units, _numbers([asked[kind]])))
    for code in sorted(by_code):
        unit = under.units[code]
        both = [asked[code], asked.get(unit.kind, {})]
        found.append(Profile(code, unit.name, unit.kind, (code,), _numbers(both)))
    return tuple(found)


def loads_of(
    profiles: Iterable[Profile], rounds: Sequence[RoundDates], *, year: int, max_rounds: int
) -> tuple[Load, ...]:
    """This function will spread the year of one unit of each profile over its months."""
    months = _months(rounds, year)
    return tuple(_load(one, rounds, months, max_rounds=max_rounds) for one in profiles)


def _load(
    profile: Profile, rounds: Sequence[RoundDates], months: Sequence[date], *, max_rounds: int
) -> Load:
    due = {one.code: one.due_date.replace(day=1) for one in rounds}
    by_month: dict[date, list[int]] = {month: [] for month in months}
    for code, numbers in profile.numbers.items():
        by_month[due[code]].append(numbers)
    return Load(
        profile,
        tuple(MonthLoad(month, len(each), sum(each)) for month, each in by_month.items()),
        is_over=profile.rounds > max_rounds,
        minutes=profile.rounds * minutes_each(profile.rounds, sum(profile.numbers.values())),
    )


def _months(rounds: Sequence[RoundDates], year: int) -> list[date]:
    # 年末+5wd is due in January of the next year.
    usual = {date(year, month, 1) for month in range(1, MONTHS + 1)}
    return sorted(usual | {one.due_date.replace(day=1) for one in rounds})


def _numbers(asked: Iterable[Mapping[str, dict[str, IndicatorText]]]) -> Mapping[str, int]:
    fields: dict[str, dict[str, IndicatorText]] = {}
    for rounds in asked:
        for code, found in rounds.items():
            fields.setdefault(code, {}).update(found)
    return {code: sum(one.field_count for one in found.values()) for code, found in fields.items()}
