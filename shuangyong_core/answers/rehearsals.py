"""A rehearsed year as JSON: rounds, loads by month, mornings, and the dates that collide."""

from __future__ import annotations

from typing import Any

from shuangyong_core.answers.plain import plain
from shuangyong_core.supervision.rules.rehearsal import Load, Morning, Rehearsal, RoundRun


def rehearsal(found: Rehearsal) -> dict[str, Any]:
    """This function will give a rehearsal as JSON holds it."""
    return {
        "plan": found.code,
        "title": found.title,
        "year": found.year,
        "launch_by": plain(found.launch_by),
        "max_rounds": found.max_rounds,
        "forms": found.forms,
        "numbers": found.numbers,
        "expected_late": found.expected_late,
        "habits_of": found.habits_of,
        "unknown_habits": list(found.unknown_habits),
        "rounds": [_round(one) for one in found.rounds],
        "loads": [_load(one) for one in found.loads],
        "mornings": [_morning(one) for one in found.mornings],
        "clashes": plain(found.clashes),
        "holidays": plain(found.holidays),
    }


def _round(one: RoundRun) -> dict[str, Any]:
    rest: dict[str, Any] = plain(one)
    return {**rest.pop("dates"), **rest}


def _load(one: Load) -> dict[str, Any]:
    profile = one.profile
    return {
        "who": profile.who,
        "name": profile.name,
        "units": len(profile.units),
        "rounds": profile.rounds,
        "numbers": sum(profile.numbers.values()),
        "minutes": one.minutes,
        "is_over": one.is_over,
        "months": [
            {"month": f"{each.month:%Y-%m}", "forms": each.forms, "numbers": each.numbers}
            for each in one.months
            if each.forms
        ],
    }


def _morning(one: Morning) -> dict[str, Any]:
    return {
        "day": plain(one.day),
        "at_most": dict(one.at_most),
        "expected": None if one.expected is None else dict(one.expected),
    }
