"""The working mornings of the year: which units would be reminded, each once a morning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.dates import RoundDates
from shuangyong_core.supervision.rules.ladder import LADDER, Rung, mornings_of, strongest
from shuangyong_core.supervision.rules.rehearsal.values import Habit, Morning, Profile

WORKDAYS = {step.rung: step.workdays for step in LADDER}
HALF = Fraction(1, 2)


def mornings(
    profiles: Iterable[Profile],
    rounds: Sequence[RoundDates],
    calendar: Calendar,
    *,
    habits: Mapping[str, Habit],
) -> tuple[Morning, ...]:
    """This function will run every morning of the year that reminds anybody.

    `at_most` is how many units are asked if nobody reports before; `expected` goes by the habits,
    by kind, and leaves out the kinds without one.
    """
    at_most: dict[date, Counter[Rung]] = defaultdict(Counter)
    expected: dict[date, Counter[Rung]] = defaultdict(Counter)
    for profile in profiles:
        due = [one for one in rounds if one.code in profile.numbers]
        for day, rungs in _heard(due, calendar).items():
            rung = strongest(rungs)
            at_most[day][rung] += len(profile.units)
            habit = habits.get(profile.kind)
            if habit and habit.total:
                share = habit.open_after(WORKDAYS[rung])
                expected[day][rung] += _whole(share * len(profile.units))
    return tuple(
        Morning(day, dict(at_most[day]), dict(expected[day]) if habits else None)
        for day in sorted(at_most)
    )


def late_of(profiles: Iterable[Profile], code: str, *, habits: Mapping[str, Habit]) -> int | None:
    """This function will say how many reports of a round would come late, by the habits."""
    asked = [one for one in profiles if code in one.numbers and _known(habits, one)]
    if not asked:
        return None
    return sum(_whole(habits[one.kind].open_after(1) * len(one.units)) for one in asked)


def _known(habits: Mapping[str, Habit], profile: Profile) -> bool:
    return profile.kind in habits and habits[profile.kind].total > 0


def _heard(due: Sequence[RoundDates], calendar: Calendar) -> dict[date, set[Rung]]:
    heard: dict[date, set[Rung]] = defaultdict(set)
    for one in due:
        for day, rung in mornings_of(one.due_date, calendar).items():
            heard[day].add(rung)
    return heard


def _whole(count: Fraction) -> int:
    """Units are whole: half a one counts."""
    return (count + HALF).__floor__()
