"""What the page of one target at one unit needs: its numbers, its rounds, its children."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.charts import Bar
from shuangyong_core.web.pages.shell import Day, Light, Link


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
    clause: str = ""  # where in the plan's document it stands
