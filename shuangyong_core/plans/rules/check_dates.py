"""Puts a plan's rules on the calendar and names every rule, year and order that cannot stand."""

from __future__ import annotations

from collections.abc import Iterator

from shuangyong_core.calendar.rules import Calendar, Resolved, RuleUnknown
from shuangyong_core.errors import Problem
from shuangyong_core.guard.masking import mask
from shuangyong_core.plans.rules.dates import (
    DatedPlan,
    RoundDates,
    date_round,
    join_rounds,
    resolve_one,
)
from shuangyong_core.plans.rules.text import GroupText, Place, PlanText, RoundText, TargetText

ROUND_RULES = {
    "opens_on": "opens_rule",
    "due_date": "due_rule",
    "locks_on": "locks_rule",
    "done_by": "done_rule",
}
LATEST_LOCK_MONTH = 3  # a year's last round may still take late reports until March


def check_dates(plan: PlanText, calendar: Calendar) -> tuple[DatedPlan, list[Problem]]:
    """This function will date the rounds and groups of a plan, as far as its rules can be read."""
    problems: list[Problem] = []
    rounds: list[RoundDates] = []
    for written in plan.rounds:
        found = list(_rule_problems(written, plan.head.year, calendar))
        problems += found
        if not found:
            rounds.append(_date(written, plan.head.year, calendar))
            problems += _round_problems(written, rounds)
    codes = {one.code for one in plan.rounds}
    joined = {}
    for target in plan.targets:
        for number, group in enumerate(target.groups):
            found = list(_group_problems(target, group, codes, plan.head.year, calendar))
            problems += found
            if not found:
                named = _named(group, codes)
                joined[target.code, number], lost = join_rounds(
                    group.done_by,
                    named=named,
                    rounds=rounds,
                    year=plan.head.year,
                    calendar=calendar,
                )
                for each in lost if len(rounds) == len(plan.rounds) else ():
                    why = f"{each.label} 之后没有可以并入的报送，请改办理时限或增加报送。"
                    problems.append(
                        problem_at(group.place.at("done_by"), "no_round", why, each.rule)
                    )
    return DatedPlan(tuple(rounds), joined), problems


def problem_at(place: Place, code: str, message: str, value: str | None = None) -> Problem:
    """This function will name a problem at a place of the file."""
    shown = None if value is None else mask(value)
    return Problem(code, message, place.file, place.line, field=place.field, value=shown)


def _named(group: GroupText, codes: set[str]) -> list[str] | None:
    if group.all_rounds:
        return sorted(codes)
    return list(group.rounds) or None


def _date(written: RoundText, year: int, calendar: Calendar) -> RoundDates:
    return date_round(
        code=written.code,
        due_rule=written.due_rule,
        opens_rule=written.opens_rule,
        locks_rule=written.locks_rule,
        done_rule=written.done_rule,
        year=year,
        calendar=calendar,
    )


def _rule_problems(written: RoundText, year: int, calendar: Calendar) -> Iterator[Problem]:
    for field, name in ROUND_RULES.items():
        rule = getattr(written, name)
        if not rule:
            continue
        place = written.place.at(field)
        try:
            one = resolve_one(rule, year, calendar)
        except RuleUnknown as unknown:
            yield problem_at(place, unknown.code, str(unknown), rule)
        else:
            yield from _year_problems(place, one, year, field=field)


def _year_problems(place: Place, one: Resolved, year: int, *, field: str) -> Iterator[Problem]:
    month = (one.due_date.year - year, one.due_date.month)
    is_plain = one.rule[:4].isdecimal()
    fits = month[0] == 0
    if field == "opens_on":
        fits = fits or month == (-1, 12)
    elif field == "locks_on":
        fits = fits or (month[0] == 1 and month[1] <= LATEST_LOCK_MONTH)
    elif not is_plain:
        # 年末+5wd and 元旦-1wd fall just outside the year by their own rule.
        fits = fits or month in ((1, 1), (-1, 12))
    if not fits:
        why = f"不在计划年度 {year} 年内，请核对年份。"
        yield problem_at(place, "wrong_year", why, one.due_date.isoformat())


def _round_problems(written: RoundText, rounds: list[RoundDates]) -> Iterator[Problem]:
    one = rounds[-1]
    if not one.opens_on <= one.due_date <= one.locks_on:
        why = (
            f"开放 {one.opens_on}、报送时限 {one.due_date}、截止 {one.locks_on} 的先后不对，"
            "应依次为开放、报送时限、截止。"
        )
        yield problem_at(written.place.at("due_date"), "round_order", why)
    if one.done_by and one.done_by > one.due_date:
        why = f"办理时限 {one.done_by} 晚于报送时限 {one.due_date}，请改早。"
        yield problem_at(written.place.at("done_by"), "round_order", why)
    if len(rounds) > 1 and rounds[-2].due_date >= one.due_date:
        why = f"报送时限 {one.due_date} 不晚于上一次报送的 {rounds[-2].due_date}，请按先后排列。"
        yield problem_at(written.place.at("due_date"), "round_order", why)


def _group_problems(
    target: TargetText, group: GroupText, codes: set[str], year: int, calendar: Calendar
) -> Iterator[Problem]:
    for code in group.rounds:
        if code not in codes:
            why = f"任务 {target.code}：没有 {code} 这次报送，可用：{'、'.join(sorted(codes))}。"
            yield problem_at(group.place.at("rounds"), "unknown_round", why, code)
    for rule in group.done_by:
        place = group.place.at("done_by")
        try:
            resolved = calendar.resolve(rule, year)
        except RuleUnknown as unknown:
            yield problem_at(place, unknown.code, str(unknown), rule)
            continue
        for one in resolved:
            yield from _year_problems(place, one, year, field="done_by")
