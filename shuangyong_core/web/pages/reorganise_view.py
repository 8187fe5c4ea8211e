"""What the page of 组织调整 needs: what is typed, and what the acts would do to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangyong_core.web.pages.shell import Choice, Confirm, Notice


@dataclass(frozen=True, slots=True)
class Typed:
    """One act in the small form: posts act=one."""

    kinds: tuple[Choice, ...]
    code: str = ""
    to: str = ""
    territory: str = ""
    name: str = ""
    effective: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit and what becomes of it."""

    row: str  # 第 2 行; empty of what was typed
    act: str
    name: str
    code: str
    to: tuple[str, ...]
    since: date
    below: int
    handed: tuple[str, ...]  # R3：2 项移交滨河社区
    bases: tuple[str, ...] = ()  # 滨河社区优抚对象 27 → 60


@dataclass(frozen=True, slots=True)
class RoundRow:
    """The sums of one round before and after."""

    code: str
    title: str
    state: str  # 已结束，按当时单位
    expected: str  # 829 → 825, or 829 不变
    accepted: str
    accepted_after: str


@dataclass(frozen=True, slots=True)
class PlanRows:
    """One running plan: how much of it moves, and its rounds."""

    title: str
    facts: tuple[tuple[str, str], ...]
    rounds: tuple[RoundRow, ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would be done: posts `key`, `seal` and act = ask | apply."""

    key: str
    seal: str
    source: str  # the file's name
    units: tuple[UnitRow, ...]
    plans: tuple[PlanRows, ...]
    done: str = ""  # rows that were carried out before
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class ReorganiseView:
    """The page: the file, the small form, and what was looked at."""

    here: str
    headers: tuple[str, ...]  # the columns of the file
    typed: Typed
    preview: Previewed | None = None
    errors: tuple[str, ...] = ()
    note: Notice | None = None
