"""The picture of the year: rounds on their line, long holidays behind, mornings of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuangyong_core.supervision.rules.rehearsal import Morning, Rehearsal
from shuangyong_core.web.charts import RoundDates, YearLine, place_on_line, year_line

# The paper of the columns, in SVG units: below the line of the rounds.
TOP, BOTTOM, WIDTH = 84, 164, 7


@dataclass(frozen=True, slots=True)
class Band:
    """A long holiday."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A morning: units asked at most, and as expected within it."""

    x: float
    y: float
    height: float
    expected_y: float
    expected_height: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the SVG is drawn from; the same stands in the tables below it."""

    line: YearLine
    holidays: tuple[Band, ...]
    columns: tuple[Column, ...]
    most: int


def picture(found: Rehearsal, *, today: date) -> Picture:
    """This function will draw a rehearsed year."""
    rounds = [
        RoundDates(one.dates.code, one.dates.opens_on, one.dates.due_date, one.dates.done_by, "")
        for one in found.rounds
    ]
    most = max((sum(one.at_most.values()) for one in found.mornings), default=0)
    return Picture(
        line=year_line(rounds, year=found.year, today=today),
        holidays=tuple(_bands(found)),
        columns=tuple(_column(one, most, found.year) for one in found.mornings),
        most=most,
    )


def _bands(found: Rehearsal) -> Sequence[Band]:
    bands = []
    for one in found.holidays:
        x = place_on_line(one.first, found.year)
        width = max(place_on_line(one.last, found.year) - x, 3)
        bands.append(Band(x, round(width, 1), f"{one.name}{one.days} 天假"))
    return bands


def _column(one: Morning, most: int, year: int) -> Column:
    asked = sum(one.at_most.values())
    likely = sum((one.expected or {}).values())
    height, inner = _height(asked, most), _height(likely, most)
    return Column(
        x=place_on_line(one.day, year) - WIDTH / 2,
        y=BOTTOM - height,
        height=height,
        expected_y=BOTTOM - inner,
        expected_height=inner,
        label=f"{one.day.month}月{one.day.day}日 最多 {asked} 家",
    )


def _height(count: int, most: int) -> float:
    return round(count * (BOTTOM - TOP) / most, 1) if most else 0.0
