"""What the pages of plans need: the list, the frame of the five steps, the check beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shuangyong_core.web.charts import Bar
from shuangyong_core.web.pages.plan_steps_view import (
    Field,
    LaunchView,
    RoundRow,
    TargetsView,
    TargetView,
    UnitsView,
)
from shuangyong_core.web.pages.shell import Light, Link


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan or draft of the list."""

    code: str
    title: str
    year: int
    status: str  # 草拟, 执行中
    light: Light
    href: str
    remark: str  # 草稿 7月20日 09:28 已存
    copy_label: str = ""  # 复制为 2027年计划


@dataclass(frozen=True, slots=True)
class PlansView:
    """The plans of an issuer, and the three ways to begin another."""

    unit: str
    rows: tuple[PlanRow, ...]
    next_year: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One thing the check found, and where it is mended."""

    light: Light
    lead: str  # 改了才能下达, 请看一下
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """What one kind of unit brings in a year."""

    name: str
    rounds: int
    fields: int
    bar: Bar
    is_over: bool


@dataclass(frozen=True, slots=True)
class RoundLoad:
    """One column of the busiest round: numbers from all units together."""

    code: str
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The check and the burden, as they come out of the draft as it stands."""

    errors: int
    warnings: int
    found: tuple[Found, ...]
    loads: tuple[Load, ...]
    total: str  # 129 个社区 1,419 个数，…
    by_round: tuple[RoundLoad, ...]


@dataclass(frozen=True, slots=True)
class StepTab:
    """One of the five steps."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A draft at one of its steps, with the check beside it."""

    code: str
    title: str
    year: int
    origin: str
    saved_at: datetime | None
    version: int
    key: str  # of the step: basis, rounds, targets, units, launch
    steps: tuple[StepTab, ...]
    post_href: str
    panel: Panel
    is_open: bool
    status: str
    heads: tuple[Field, ...] = ()  # step 1
    rounds: tuple[RoundRow, ...] = ()  # step 2
    targets: TargetsView | None = None
    units: UnitsView | None = None
    launch: LaunchView | None = None
    target: TargetView | None = None
    errors: tuple[str, ...] = ()
    next: Link | None = None
    is_down: bool = False  # it was launched: it is changed by amendments
    is_amending: bool = False
