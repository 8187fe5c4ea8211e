"""Dates that collide: with rest days and long holidays, with each other, with what is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.dates import RoundDates
from shuangyong_core.plans.rules.text import HeadText
from shuangyong_core.supervision.rules.rehearsal.holidays import (
    LONG_HOLIDAY,
    ONE_DAY,
    days_off,
    usually_off,
)
from shuangyong_core.supervision.rules.rehearsal.values import Clash, ClashKind, Load, Profile

ENOUGH_WORKDAYS = 5  # to fill in a form beside the rest of one's work
NAMES = {
    "opens_on": "开放填报",
    "done_by": "办理时限",
    "due_date": "报送时限",
    "locks_on": "截止补报",
}


def clashes(
    rounds: Sequence[RoundDates],
    profiles: Sequence[Profile],
    loads: Sequence[Load],
    head: HeadText,
    calendar: Calendar,
) -> tuple[Clash, ...]:
    """This function will name every collision of the year, by date."""
    found = list(_provisional(rounds))
    for one in rounds:
        found += _off_work(one, calendar)
        found += _around_holidays(one, calendar)
        found += _too_short(one, head, calendar)
    in_order = sorted(rounds, key=lambda one: one.due_date)
    # Every two, not only neighbours: who is asked may pass over the round between.
    for earlier, later in combinations(in_order, 2):
        found += _together(earlier, later, profiles)
    found += [_over(load, head) for load in loads if load.is_over]
    return tuple(sorted(found, key=lambda clash: (clash.day or date.max, clash.kind)))


def _off_work(one: RoundDates, calendar: Calendar) -> Iterator[Clash]:
    for field, name in NAMES.items():
        day = getattr(one, field)
        if day is None:
            continue
        usual = usually_off(day, calendar)
        if usual:
            why = f"{one.code} 的{name} {_say(day)} 照往年在{usual}假期里，请避开。"
            yield Clash(ClashKind.HOLIDAY, day, one.code, why)
        elif not calendar.is_workday(day):
            why = f"{one.code} 的{name} {_say(day)} 不上班，请改到工作日。"
            yield Clash(ClashKind.REST_DAY, day, one.code, why)


def _provisional(rounds: Sequence[RoundDates]) -> Iterator[Clash]:
    waiting = [one for one in rounds if one.is_provisional]
    if waiting:
        codes = "、".join(one.code for one in waiting)
        why = f"{codes} 的日期是暂定的：放假安排还没有公布，装入后会重算，到时再演练一次。"
        yield Clash(ClashKind.PROVISIONAL, None, "", why)


def _around_holidays(one: RoundDates, calendar: Calendar) -> Iterator[Clash]:
    due = one.due_date
    if not calendar.is_workday(due):
        return
    before, after = days_off(due, -ONE_DAY, calendar), days_off(due, ONE_DAY, calendar)
    if before >= LONG_HOLIDAY:
        why = f"{one.code} 的报送时限 {_say(due)} 是 {before} 天假后的第一个工作日，"
        yield Clash(ClashKind.HOLIDAY, due, one.code, why + "等于要在假期里填报，请往后放。")
    if after >= LONG_HOLIDAY:
        why = f"{one.code} 的报送时限 {_say(due)} 是 {after} 天假前的最后一个工作日，"
        yield Clash(ClashKind.HOLIDAY, due, one.code, why + "催报要等到假后，请往前放。")


def _too_short(one: RoundDates, head: HeadText, calendar: Calendar) -> Iterator[Clash]:
    days = workdays_open(one, calendar)
    if days < ENOUGH_WORKDAYS:
        why = f"{one.code} 从开放到报送时限只有 {days} 个工作日，请早一点开放。"
        yield Clash(ClashKind.SHORT, one.opens_on, one.code, why)
    needed = head.review_levels * head.within_review + head.within_correct
    left = calendar.workdays_between(one.due_date, one.locks_on)
    if left < needed:
        why = f"{one.code} 的报送时限到截止只有 {left} 个工作日，审核和更正要 {needed} 个，"
        yield Clash(ClashKind.REVIEW, one.locks_on, one.code, why + "请把截止往后放。")


def _together(
    earlier: RoundDates, later: RoundDates, profiles: Sequence[Profile]
) -> Iterator[Clash]:
    both = [one.name for one in profiles if {earlier.code, later.code} <= one.numbers.keys()]
    if not both:
        return
    who, codes = "、".join(both), f"{earlier.code} 和 {later.code}"
    if later.opens_on <= earlier.due_date:
        why = f"{codes} 同时开放（{_say(later.opens_on)}起），{who}要同时填两张表，请错开。"
        yield Clash(ClashKind.OVERLAP, later.opens_on, later.code, why)
    if earlier.due_date.replace(day=1) == later.due_date.replace(day=1):
        why = f"{codes} 都在 {later.due_date.month} 月报送，{who}一个月要报两次，请并成一次。"
        yield Clash(ClashKind.SAME_MONTH, later.due_date, later.code, why)


def _over(load: Load, head: HeadText) -> Clash:
    name, rounds = load.profile.name, load.profile.rounds
    why = f"{name}一年要报 {rounds} 次，超过计划上限 {head.max_rounds} 次，请并报送。"
    return Clash(ClashKind.OVER_LIMIT, None, "", why)


def workdays_open(one: RoundDates, calendar: Calendar) -> int:
    """This function will count the working days on which a round can be filled in in time."""
    return calendar.workdays_between(one.opens_on - ONE_DAY, one.due_date)


def _say(day: date) -> str:
    return f"{day.month}月{day.day}日"
