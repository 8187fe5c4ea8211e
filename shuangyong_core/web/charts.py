"""Bars and the year line as plain numbers: what the SVG in the templates is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tone = Literal["", "ok", "warn", "late", "rev", "wait", "na"]

# The year line's paper, in SVG units.
LINE_LEFT, LINE_RIGHT = 20, 1100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: how far, and where it should be; both 0–100."""

    percent: float
    label: str
    tick: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar; x and width in percent of the whole."""

    name: str
    count: int
    tone: Tone
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class RoundDates:
    """A round on the year line."""

    code: str
    opens: date
    due: date
    done_by: date | None
    tone: Literal["done", "late", "na", ""]


@dataclass(frozen=True, slots=True)
class Flag:
    """A round drawn: its band, its flag, its diamond."""

    code: str
    tone: str
    opens_x: float
    due_x: float
    done_by_x: float | None


@dataclass(frozen=True, slots=True)
class YearLine:
    """The year as one line."""

    months: tuple[float, ...]
    flags: tuple[Flag, ...]
    today_x: float | None


def bar(done: int, goal: int, *, label: str, planned: int | None = None) -> Bar:
    """This function will draw a number against its goal, and where the plan would have it."""
    tick = None if planned is None else _percent(planned, goal)
    return Bar(_percent(done, goal), label, tick)


def stacked(parts: Sequence[tuple[str, int, Tone]], total: int) -> tuple[Segment, ...]:
    """This function will lay parts end to end; those with nothing are left out."""
    segments, before = [], 0
    for name, count, tone in parts:
        if count > 0:
            x, width = _share(before, total), _share(count, total)
            segments.append(Segment(name, count, tone, x, width))
        before += count
    return tuple(segments)


def year_line(rounds: Sequence[RoundDates], *, year: int, today: date) -> YearLine:
    """This function will place rounds on the year; a day outside it sits at the edge."""
    flags = tuple(
        Flag(
            each.code,
            each.tone,
            place_on_line(each.opens, year),
            place_on_line(each.due, year),
            None if each.done_by is None else place_on_line(each.done_by, year),
        )
        for each in rounds
    )
    months = tuple(place_on_line(date(year, month, 1), year) for month in range(1, 13))
    return YearLine(months, flags, place_on_line(today, year) if today.year == year else None)


def part_of_year(day: date, year: int) -> float:
    """This function will say how much of the year is over on a day, from 0 to 1."""
    first, next_year = date(year, 1, 1), date(year + 1, 1, 1)
    inside = min(max(day, first), next_year - timedelta(days=1))
    return (inside - first).days / (next_year - first).days


def _percent(done: int, goal: int) -> float:
    if goal <= 0:
        return 100.0 if done > 0 else 0.0
    return round(min(max(done * 100 / goal, 0), 100), 1)


def _share(count: int, total: int) -> float:
    return round(count * 100 / total, 2) if total > 0 else 0.0


def place_on_line(day: date, year: int) -> float:
    """This function will give the place of a day on the year line, in SVG units."""
    return round(LINE_LEFT + part_of_year(day, year) * (LINE_RIGHT - LINE_LEFT), 1)
