"""What the progress page needs: how far, where it sticks, who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shuangyong_core.web.charts import Bar, Segment, YearLine
from shuangyong_core.web.pages.shell import Choice, Day, Light, Link
from shuangyong_core.web.trend import Trend


@dataclass(frozen=True, slots=True)
class StripCell:
    """One of the five numbers on top."""

    name: str
    value: int
    unit: str = "项"
    foot: str = ""
    link: str = ""
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One unit of the tree, or a group such as 直属."""

    name: str
    href: str  # empty: a group, or units that are counted together
    light: Light
    reported: int  # items
    expected: int  # items; 0: 不涉及
    is_current: bool = False
    is_open: bool = False
    children: tuple[TreeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """已报/应报 of a unit in a category."""

    light: Light
    reported: int  # items
    expected: int  # items; 0: 不涉及
    href: str = ""
    word: str = ""  # 滞后, 退回, 复核中: only where a hand is needed


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit: one cell a category, then its sum."""

    name: str
    href: str
    cells: tuple[MatrixCell, ...]
    total: MatrixCell
    remark: str = ""  # 未落实 2 项任务


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """直属, or 街道（含所辖社区 129 个）; by code, never by result."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """In whose hands open items are."""

    light: Light
    state: str  # 未报, 待街道审核
    holder: Link
    reports: int
    items: int
    longest: str  # 6 个工作日


@dataclass(frozen=True, slots=True)
class RoundBox:
    """One named round under the year line."""

    code: str
    title: str
    due: Day
    light: Light
    count: str  # 561/586, or 157 项 before it opens
    remark: str
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number leaders ask for: value and goal ready to read."""

    name: str
    href: str
    value: str
    goal: str
    bar: Bar
    measure: str = ""  # display unit: 户; empty where the value says it


@dataclass(frozen=True, slots=True)
class Excess:
    """A split above what was held, or a date much earlier."""

    unit: str
    target_code: str
    target_title: str
    split: str  # 23/21
    ratio: str  # 109.5%
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A quota nobody works on (未落实) until its holder splits it again."""

    unit: str  # who is to split it again
    target_code: str
    target_title: str
    href: str
    amount: str  # 12 户
    names: str  # who was let off


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The page for one unit of one plan."""

    plan: str
    unit: str
    path: tuple[Link, ...]  # units above, top first
    at: datetime
    rounds: tuple[Choice, ...]
    trees: tuple[Choice, ...]
    strip: tuple[StripCell, ...]
    segments: tuple[Segment, ...]
    tree: TreeNode
    categories: tuple[str, ...]
    matrix: tuple[MatrixGroup, ...]
    matrix_total: MatrixRow
    trend: Trend | None
    hands: tuple[Hand, ...]
    year_line: YearLine | None
    round_boxes: tuple[RoundBox, ...]
    key_numbers: tuple[KeyNumber, ...] = ()
    excesses: tuple[Excess, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    form_href: str = ""  # GET of the two selects
    unit_code: str = ""
    plan_code: str = ""
    tasks_href: str = ""  # the unit's tasks one by one
    shows_hands: bool = True  # by territory: totals only
    differences: int | None = None  # of the last nightly check; None: not run yet
    verified_at: datetime | None = None
    is_pending: bool = False  # marks still being folded
    seen: tuple[Choice, ...] = ()  # units of then or of today; empty: they are the same
    day: date | None = None  # of the numbers; None: today
    as_of: date | None = None  # the same, if it is over
    asked_day: str = ""  # in the field 截至, 2026-06-30; empty: now
    now_href: str = ""  # 回到现在
