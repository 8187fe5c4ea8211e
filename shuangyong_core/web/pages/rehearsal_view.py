"""What the page 演练全年 needs: the picture, loads by month, mornings, dates that collide."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Light, Link
from shuangyong_core.web.rehearsal.picture import Picture


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit hands in within a month."""

    forms: int
    numbers: int


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A year of one unit of a kind."""

    name: str
    units: int
    cells: tuple[Cell, ...]
    rounds: int
    numbers: int
    minutes: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as it would go; dates as they are shown."""

    code: str
    title: str
    opens: str
    due: str
    workdays: int
    units: int
    numbers: int
    reviewer: str
    to_review: int
    late: str


@dataclass(frozen=True, slots=True)
class MorningCell:
    """A morning, and how many units are asked: 预计 / 最多."""

    day: str
    asked: str


@dataclass(frozen=True, slots=True)
class MorningRow:
    """The mornings of one round, a cell a rung."""

    name: str
    cells: tuple[MorningCell, ...]


@dataclass(frozen=True, slots=True)
class ClashRow:
    """A date that collides, with what to do."""

    light: Light
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """The year on the pretend clock; `blocked` says why it could not be run."""

    path: tuple[Link, ...]
    title: str
    year: int
    summary: str = ""
    launch_by: str = ""
    blocked: tuple[str, ...] = ()
    picture: Picture | None = None
    months: tuple[str, ...] = ()
    loads: tuple[LoadRow, ...] = ()
    limit: int = 0
    rounds: tuple[RoundRow, ...] = ()
    rungs: tuple[str, ...] = ()
    mornings: tuple[MorningRow, ...] = ()
    clashes: tuple[ClashRow, ...] = ()
    habits: str = ""
