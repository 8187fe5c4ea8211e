"""What the page of an amendment needs: what changes, unit by unit, and the versions before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shuangyong_core.web.pages.shell import Confirm, Light, Link

Sign = Literal["chg", "add", "del"]  # 改 增 免


@dataclass(frozen=True, slots=True)
class Change:
    """One row of 改 n 处."""

    key: Sign
    kind: str  # 任务, 报送, 计划
    code: str
    title: str
    was: tuple[str, ...]  # 目标 258 件
    becomes: tuple[str, ...]
    effect: str  # 13 个单位重新确认分解
    figures: str  # 已审核 143 件，不变


@dataclass(frozen=True, slots=True)
class Cell:
    """One target at one unit: two numbers and what is between them, or what comes and goes."""

    was: str = ""
    becomes: str = ""
    by: str = ""  # +3
    said: str = ""  # +1, 免报, 改期


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its cells in the order of the heads."""

    name: str
    cells: tuple[Cell, ...]
    due: str  # 17 → 18
    todo: str  # 确认分解，12 个下级随之调整


@dataclass(frozen=True, slots=True)
class Aside:
    """Figures of one target that lose their place; why they are kept out of the sum."""

    code: str
    title: str
    figures: tuple[str, ...]  # 望江社区 R2 6 件
    reason: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the checks."""

    light: Light
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the plan as it is told afterwards."""

    no: int
    at: datetime
    who: str
    reason: str
    changes: tuple[str, ...]
    asides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be changed: posts `reason`, `aside.CODE` and act = look | ask | apply."""

    seal: str
    next_version: int
    changes: tuple[Change, ...]
    heads: tuple[str, ...]  # codes of the targets of the table
    titles: tuple[str, ...]  # their titles with the unit of measure
    rows: tuple[UnitRow, ...]
    sums: tuple[Cell, ...]
    untouched: str
    facts: tuple[tuple[str, str], ...]  # 确认之后
    checks: tuple[Checked, ...]
    asides: tuple[Aside, ...] = ()
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class AmendView:
    """The page of amendments of one plan."""

    code: str
    title: str
    year: int
    version: int
    here: str
    is_amending: bool
    reason: str
    may_not: str  # why nothing can be previewed; empty: it can
    links: tuple[Link, ...]  # where the draft is changed
    versions: tuple[Version, ...]
    preview: Preview | None = None
    errors: tuple[str, ...] = ()
