"""What the to-do page needs: the same rows for a clerk, a street and the office."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Day, Light, Link


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing: how long, what, one line of who and why, one button with a verb."""

    light: Light
    how_long: str  # 超期 6 个工作日, 今天到期, 还有 4 天
    title: str
    detail: str
    href: str
    verb: str = ""  # empty: nothing to press
    is_first: bool = False  # the primary one of the page
    percent: float | None = None  # 0–100: a bar under the line
    percent_label: str = ""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """要我办, 今天到期, 本周, 等别人办."""

    title: str
    rows: tuple[TodoRow, ...]
    remark: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class YearRow:
    """One round of the unit's year."""

    title: str
    href: str
    due: Day
    fields: int  # numbers to report
    light: Light
    state: str


@dataclass(frozen=True, slots=True)
class BelowRow:
    """One unit below, in the round that runs."""

    name: str
    href: str
    channel: str  # 社区填报, 工作簿, 代填
    light: Light
    state: str


@dataclass(frozen=True, slots=True)
class Below:
    """The units one reviews, in the round that runs."""

    title: str
    reported: int  # reports
    expected: int  # reports
    rows: tuple[BelowRow, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TodoView:
    """The page one lands on."""

    title: str  # 待办, or the unit's name for a clerk
    sub: str
    groups: tuple[TodoGroup, ...]
    year: tuple[YearRow, ...] = ()
    below: Below | None = None
    next_step: str = ""  # said when nothing is to do: 下一次报送 7月29日开放
    is_wide: bool = False  # office and street: two columns; a clerk reads one
