"""The trend: what was accepted against what the plan would have by today, as SVG paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuangyong_core.web.charts import part_of_year

# The paper, in SVG units.
WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 620, 22, 220
LABEL = 70  # how wide the longest label is


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at a place."""

    x: float
    y: float
    text: str
    is_end: bool = False  # anchored at its end


@dataclass(frozen=True, slots=True)
class Point:
    """A running number on a day."""

    day: date
    count: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Steps of the plan against what was accepted, today as a line, the gap in words."""

    plan: str
    accepted: str
    area: str
    grid: tuple[Mark, ...]
    months: tuple[Mark, ...]
    steps: tuple[Mark, ...]
    today_x: float
    now_y: float
    due: int
    done: int
    gap: int
    year_total: int


def trend(plan: Sequence[Point], accepted: Sequence[Point], *, year: int, today: date) -> Trend:
    """This function will draw running sums: `plan` jumps on due dates, `accepted` climbs."""
    total = max([point.count for point in (*plan, *accepted)], default=0)
    top = _round_up(total)
    until = [point for point in accepted if point.day <= today]
    due = max([point.count for point in plan if point.day <= today], default=0)
    done = until[-1].count if until else 0
    now_x, now_y = _x(today, year), _y(done, top)
    line = _steps(until, year, top) + f"H{now_x}"
    return Trend(
        plan=_steps(plan, year, top) + f"H{RIGHT}",
        accepted=line,
        area=f"{line}V{BOTTOM}z",
        grid=tuple(Mark(LEFT - 6, _y(v, top), f"{v:,}") for v in _grid(top)),
        months=tuple(Mark(_x(date(year, m, 1), year), 240, f"{m}月") for m in range(1, 13, 2)),
        steps=tuple(_step_mark(point, year, top, now_x) for point in plan),
        today_x=now_x,
        now_y=now_y,
        due=due,
        done=done,
        gap=max(due - done, 0),
        year_total=plan[-1].count if plan else 0,
    )


def _x(day: date, year: int) -> float:
    return round(LEFT + part_of_year(day, year) * (RIGHT - LEFT), 1)


def _y(count: int, top: int) -> float:
    return round(BOTTOM - count * (BOTTOM - TOP) / top, 1)


def _round_up(total: int) -> int:
    """The next 1, 2 or 5 with zeros: 2167 → 2500 in steps of 500."""
    step = _step(total)
    return max(-(-total // step) * step, step)


def _step(total: int) -> int:
    size = 1
    while True:
        for factor in (1, 2, 5):
            if factor * size * 5 >= total:
                return factor * size
        size *= 10


def _grid(top: int) -> range:
    return range(0, top + 1, _step(top))


def _steps(points: Sequence[Point], year: int, top: int) -> str:
    path = f"M{LEFT} {BOTTOM}"
    for point in points:
        path += f"H{_x(point.day, year)}V{_y(point.count, top)}"
    return path


def _step_mark(point: Point, year: int, top: int, now_x: float) -> Mark:
    """Beside its point, at the side where neither the edge nor the line of today is."""
    x = _x(point.day, year)
    crosses_today = now_x <= x < now_x + LABEL
    is_end = x - LABEL > LEFT and not crosses_today
    return Mark(x, _y(point.count, top), point.label, is_end=is_end)
