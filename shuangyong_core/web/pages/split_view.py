"""What 确认任务分解 needs: a grid for what is truly split, one list for everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shuangyong_core.web.pages.shell import Choice, Confirm, Day, Light


@dataclass(frozen=True, slots=True)
class SplitTarget:
    """One column pair; numbers are plain decimals in the display unit, without commas."""

    code: str
    title: str
    unit: str
    held: str  # 下达数
    most: str  # what may be split at most, with a reason
    given: str  # 合计 as it stands
    light: Light
    gap: str  # 正好, 还差 2, 超出 3
    held_before: str = ""  # 原 126; empty: not changed
    methods: tuple[Choice, ...] = ()  # how it may be shared out
    decimals: int = 0
    limit: str = ""  # 105%


@dataclass(frozen=True, slots=True)
class SplitCell:
    """One unit's share of one target; the input is named `TARGET.UNIT`."""

    name: str
    proposed: str
    value: str
    is_open: bool = True  # False: this unit does not report it
    error: str = ""

    @property
    def is_changed(self) -> bool:
        """It differs from the default."""
        return self.value != self.proposed


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One unit, or 本级承办; bases beside it."""

    name: str
    cells: tuple[SplitCell, ...]  # one a target, in the same order
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsplit:
    """A target that is the same for all, or has no goal to split."""

    code: str
    title: str
    rule: str  # 每单位 4 次, 只看办没办


@dataclass(frozen=True, slots=True)
class PutAside:
    """A split that was put aside and not sent down: since when, by whom, what changed since."""

    begun_at: datetime
    saved_at: datetime
    who: str
    codes: tuple[str, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitView:
    """The page of a holder; posts cells, methods, `reason` and `act`: draft | share | reset |
    drop | ask | confirm."""

    unit: str
    plan: str
    launched: Day
    confirm_by: Day
    light: Light
    post_href: str
    version: str  # what was read, a mark a target
    drafts: str  # and what was put aside then
    targets: tuple[SplitTarget, ...]
    rows: tuple[SplitRow, ...]
    bases: tuple[str, ...] = ()  # heads of the base columns: 优抚对象（户）
    others: tuple[Unsplit, ...] = ()
    reason: str = ""  # why more than 下达数
    asks_reason: bool = False
    may_not: str = ""  # why it cannot be confirmed now
    errors: tuple[str, ...] = ()
    confirm: Confirm | None = None
    is_confirmed: bool = False
    may_act: bool = True  # else it is only looked at; may_not says who may
    is_short: bool = False  # something is still to be given out
    settled: Day | None = None  # since then the default stands, recorded as automatic
    shows_methods: bool = False  # one was chosen
    dates_href: str = ""
    guards_href: str = ""
    aside: PutAside | None = None
    amended: tuple[str, ...] = ()  # D06 23 → 25: why it is to be confirmed again
