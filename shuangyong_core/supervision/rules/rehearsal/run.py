"""Runs a year on the pretend clock: a plan, its units and a calendar in, what would happen out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.dates import DatedPlan, RoundDates
from shuangyong_core.plans.rules.text import HeadText, PlanText
from shuangyong_core.plans.rules.units_under import UnitsUnder
from shuangyong_core.supervision.rules.ladder import mornings_of
from shuangyong_core.supervision.rules.rehearsal.clashes import clashes, workdays_open
from shuangyong_core.supervision.rules.rehearsal.holidays import long_holidays
from shuangyong_core.supervision.rules.rehearsal.loads import loads_of, profiles_of
from shuangyong_core.supervision.rules.rehearsal.mornings import late_of, mornings
from shuangyong_core.supervision.rules.rehearsal.values import (
    Clash,
    ClashKind,
    Habit,
    Profile,
    Rehearsal,
    RoundRun,
)


def rehearse(
    plan: PlanText,
    dated: DatedPlan,
    under: UnitsUnder,
    calendar: Calendar,
    *,
    habits: Mapping[str, Habit],
    habits_of: int | None,
    today: date,
) -> Rehearsal:
    """This function will run a plan's year; `habits` are last year's, by kind of unit."""
    head, rounds = plan.head, sorted(dated.rounds, key=lambda one: one.due_date)
    profiles = profiles_of(plan, dated, under)
    loads = loads_of(profiles, rounds, year=head.year, max_rounds=head.max_rounds)
    launch_by = _launch_by(rounds, profiles, head, calendar)
    found = clashes(rounds, profiles, loads, head, calendar)
    titles = {one.code: one.title for one in plan.rounds}
    kinds = {one.kind for one in profiles}
    return Rehearsal(
        code=head.code,
        title=head.title,
        year=head.year,
        launch_by=launch_by,
        max_rounds=head.max_rounds,
        rounds=tuple(
            _round(one, titles[one.code], profiles, under, calendar, habits=habits)
            for one in rounds
        ),
        loads=loads,
        mornings=mornings(profiles, rounds, calendar, habits=habits),
        clashes=(*_too_late(launch_by, rounds, today), *found),
        holidays=long_holidays(head.year, calendar),
        habits_of=habits_of,
        unknown_habits=tuple(sorted(kinds - habits.keys())) if habits else (),
    )


def _round(
    one: RoundDates,
    title: str,
    profiles: Sequence[Profile],
    under: UnitsUnder,
    calendar: Calendar,
    *,
    habits: Mapping[str, Habit],
) -> RoundRun:
    asked = [profile for profile in profiles if one.code in profile.numbers]
    above = Counter(
        under.units[code].parent for profile in asked for code in profile.units
        if code != under.issuer
    )  # fmt: skip
    reviewer, most = max(above.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return RoundRun(
        dates=one,
        title=title,
        workdays=workdays_open(one, calendar),
        units=sum(len(profile.units) for profile in asked),
        numbers=sum(len(profile.units) * profile.numbers[one.code] for profile in asked),
        most_to_review=most,
        reviewer=under.units[reviewer].name if reviewer in under.units else "",
        expected_late=late_of(profiles, one.code, habits=habits),
        mornings={rung: day for day, rung in mornings_of(one.due_date, calendar).items()},
    )


def _launch_by(
    rounds: Sequence[RoundDates], profiles: Sequence[Profile], head: HeadText, calendar: Calendar
) -> date | None:
    """Confirmed and split before the first form opens."""
    used = {code for profile in profiles for code in profile.numbers}
    opens = [one.opens_on for one in rounds if one.code in used]
    if not opens:
        return None
    return calendar.add_workdays(min(opens), -(head.within_acknowledge + head.within_decompose))


def _too_late(
    launch_by: date | None, rounds: Sequence[RoundDates], today: date
) -> tuple[Clash, ...]:
    if launch_by is None or today <= launch_by:
        return ()
    first = min(rounds, key=lambda one: one.opens_on)
    if today > first.due_date:
        return ()  # the year is under way: what is over is 补录
    why = (
        f"今天起算，签收和分解来不及在 {first.code} 开放前办完，"
        f"最迟应在 {launch_by.month}月{launch_by.day}日 下达；请先行下达 {first.code} 的任务。"
    )
    return (Clash(ClashKind.LAUNCH, launch_by, first.code, why),)
