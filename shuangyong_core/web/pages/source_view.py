"""What the page 数据来源 needs: columns, each one click deeper, down to the report."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Attached, Happened, Light, Link


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One unit that adds to the number."""

    name: str
    href: str
    value: str
    percent: float  # 0–100 of the longest bar
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """The units under one unit, with their sum."""

    title: str
    remark: str
    rows: tuple[SourceRow, ...]
    foot: str  # 合计, or how it is put together
    total: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """The report at the end of the line."""

    title: str
    remark: str
    facts: tuple[tuple[str, str], ...]
    history: tuple[Happened, ...]
    counted: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """What the report itself rests on: an activity, a part, an alias."""

    title: str
    value: str
    remark: str = ""
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where one number comes from."""

    code: str
    title: str
    target: str
    value: str
    scope: str
    goal: str
    columns: tuple[SourceColumn, ...]
    report: SourceReport | None = None
    parts: tuple[SourcePart, ...] = ()
    parts_total: str = ""
    sentence: str = ""  # 逐级相加一致：…
    adds_up: bool = True
    light: Light = "ok"
    path: tuple[Link, ...] = ()  # units above, and the unit itself
    target_href: str = ""
