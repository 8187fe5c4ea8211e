"""What 下达核对 needs: sums per level, excesses, earlier dates, what is not covered, reasons."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Light


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A target's sum on one level of holders."""

    sums: str  # 134/128; empty: nobody holds it there
    percent: str
    light: Light
    said: str  # 3 个单位超过


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A target on every level."""

    code: str
    title: str
    cells: tuple[LevelCell, ...]


@dataclass(frozen=True, slots=True)
class ExcessRow:
    """A holder that shares out more than it holds."""

    unit: str
    code: str
    title: str
    sums: str
    percent: str
    is_above: bool
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """An earlier date given below."""

    holder: str
    unit: str
    code: str
    title: str
    dates: str  # R3 8月7日 → 8月3日
    lead: str
    is_above: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LackRow:
    """A goal nobody brings, or a unit that lacks something."""

    name: str
    what: str
    lack: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A reason given at the launch."""

    when: str
    who: str
    reason: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardsView:
    """The guards of a unit and below."""

    plan: str
    unit: str
    limit: str  # 105%
    lead: int
    levels: tuple[str, ...]  # heads
    rows: tuple[LevelRow, ...]
    excesses: tuple[ExcessRow, ...]
    dates: tuple[DateRow, ...]
    units: int
    unplaced: tuple[LackRow, ...]
    idle: tuple[LackRow, ...]
    idle_count: int
    lacking: tuple[LackRow, ...]
    lacking_count: int
    shortfalls: tuple[str, ...]
    reasons: tuple[StatedRow, ...]
    people_href: str = ""  # where what lacks is mended; empty: others do that
