"""What the page of one target at one unit needs: its numbers, its rounds, its children."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.charts import Bar
from shuangyong_core.web.pages.shell import Choice, Day, Light, Link


@dataclass(frozen=True, slots=True)
class TargetRound:
    """One round of the target, values ready to read."""

    code: str
    title: str
    due: Day
    done_by: Day | None
    value: str
    reported: int  # items
    expected: int  # items
    accepted: int  # items
    not_involved: int  # items
    light: Light
    state: str


@dataclass(frozen=True, slots=True)
class TargetChild:
    """One unit below, or 本级."""

    name: str
    href: str
    value: str
    goal: str
    bar: Bar | None
    reported: int  # items
    expected: int  # items
    accepted: int  # items
    not_involved: int  # items
    light: Light


@dataclass(frozen=True, slots=True)
class Closing:
    """办结确认: what is still open and who holds it, or the button."""

    state: str  # 还有 3 件没有办完, 都办完了, 已办结
    things: tuple[str, ...] = ()
    more: str = ""
    hands: str = ""  # 在谁手里
    post_href: str = ""  # empty: one may not close it
    why_not: str = ""
    ask_href: str = ""  # 申请延期、豁免、暂停


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target at one unit."""

    code: str
    title: str
    unit: str
    path: tuple[Link, ...]
    scope: str  # 本年至今, or the round's name
    rule: str  # how it adds up: 各单位相加, 已完成/应完成
    value: str  # without its unit
    goal: str  # without its unit
    measure: str  # display unit: 户
    goal_measure: str  # the same behind the goal; empty where the goal is no number
    rate: str
    planned: str  # 按计划应达, ready to read; empty: none
    reported: int  # items
    expected: int  # items
    accepted: int  # items
    light: Light
    rounds: tuple[TargetRound, ...]
    children: tuple[TargetChild, ...]
    source_href: str = ""
    is_total: bool = False  # a total that is shown to one, and nothing behind it
    supporting: str = ""  # 配合单位, by name
    clause: str = ""  # where in the plan's document it stands
    unfulfilled: str = ""  # 未落实, ready to read; empty: nothing
    split_href: str = ""  # where it is split again
    closing: Closing | None = None
    seen: tuple[Choice, ...] = ()  # units of then or of today; empty: they are the same
    unit_code: str = ""
    round_code: str = ""
    by: str = ""
