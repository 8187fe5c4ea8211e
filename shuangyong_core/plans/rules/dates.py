"""When a plan's rounds open, are due and lock, and which done-by date joins which round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuangyong_core.calendar.rules import Calendar, Resolved, RuleUnknown

OPENS_BEFORE = 7  # working days before the report-by date
LOCKS_AFTER = 10  # working days after it


class RuleTakesOneDate(RuleUnknown):
    """A round's date whose rule names several days of the year."""

    message = "“{rule}”一年有 {count} 个日期，一次报送只能有一个日期，请直接写日期。"
    code = "rule_takes_one_date"


@dataclass(frozen=True, slots=True)
class RoundDates:
    """A round's dates as its rules come out under a calendar."""

    code: str
    opens_on: date
    due_date: date
    locks_on: date
    done_by: date | None
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """A round that a group reports in, with the group's own done-by date if one joined it."""

    round: str
    done_by: date | None = None
    done_rule: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class DatedPlan:
    """A plan's rules put on the calendar; groups by target code and their number in the target."""

    rounds: tuple[RoundDates, ...]
    joined: Mapping[tuple[str, int], tuple[Joined, ...]]


def date_round(
    *,
    code: str,
    due_rule: str,
    opens_rule: str,
    locks_rule: str,
    done_rule: str,
    year: int,
    calendar: Calendar,
) -> RoundDates:
    """This function will put a round's rules on the calendar, or raise RuleUnknown."""
    due = resolve_one(due_rule, year, calendar)
    opens = resolve_one(opens_rule, year, calendar) if opens_rule else None
    locks = resolve_one(locks_rule, year, calendar) if locks_rule else None
    done = resolve_one(done_rule, year, calendar) if done_rule else None
    opens_on = opens.due_date if opens else calendar.add_workdays(due.due_date, -OPENS_BEFORE)
    locks_on = locks.due_date if locks else calendar.add_workdays(due.due_date, LOCKS_AFTER)
    # Working days counted into a year without a notice are as uncertain as a festival there.
    counted = [day.year for day, said in ((opens_on, opens), (locks_on, locks)) if said is None]
    is_provisional = any(one.provisional for one in (due, opens, locks, done) if one) or any(
        calendar.is_provisional(counted_year) for counted_year in counted
    )
    done_by = done.due_date if done else None
    return RoundDates(code, opens_on, due.due_date, locks_on, done_by, is_provisional)


def resolve_one(rule: str, year: int, calendar: Calendar) -> Resolved:
    """This function will give the only date of a rule in a year, or raise RuleUnknown."""
    found = calendar.resolve(rule, year)
    if len(found) != 1:
        raise RuleTakesOneDate(rule=rule, count=len(found))
    return found[0]


def join_rounds(
    done_rules: Iterable[str],
    *,
    named: Sequence[str] | None,
    rounds: Sequence[RoundDates],
    year: int,
    calendar: Calendar,
) -> tuple[tuple[Joined, ...], tuple[Resolved, ...]]:
    """This function will give the rounds of a group, and the dates that found no round.

    Each done-by date joins the first of its rounds due on or after it; where several join one
    round the latest stands. `named` are the rounds the plan names for the group, None for none.
    """
    eligible = [one for one in rounds if named is None or one.code in named]
    eligible.sort(key=lambda one: one.due_date)
    joined = {one.code: Joined(one.code) for one in eligible} if named is not None else {}
    lost: list[Resolved] = []
    resolved = [one for rule in done_rules for one in calendar.resolve(rule, year)]
    for each in sorted(resolved, key=lambda one: one.due_date):
        found = next((one for one in eligible if one.due_date >= each.due_date), None)
        if found is None:
            lost.append(each)
        else:
            joined[found.code] = Joined(found.code, each.due_date, each.rule, each.provisional)
    return tuple(joined.values()), tuple(lost)


def redate(rule: str, *, due_date: date, year: int, calendar: Calendar) -> Resolved:
    """This function will give a rule's date for the round it joined before: the last by its due."""
    found = sorted(calendar.resolve(rule, year), key=lambda one: one.due_date)
    return [found[0], *(one for one in found if one.due_date <= due_date)][-1]


def round_state(*, opens_on: date, locks_on: date, today: date) -> str:
    """This function will say planned, open or closed; while late reports are taken it is open."""
    if today < opens_on:
        return "planned"  # 未开始
    return "open" if today <= locks_on else "closed"  # 填报中 | 已截止
