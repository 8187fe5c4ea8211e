"""What the page 本单位今年要报什么 needs: the sheet as it is printed, and where it is fetched."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.documents.year import YearSheet
from shuangyong_core.web.pages.shell import Link


@dataclass(frozen=True, slots=True)
class YearView:
    """One unit's year; without a sheet it reports nothing."""

    unit: str
    plan: str
    sheet: YearSheet | None
    files: tuple[Link, ...]  # the page as PDF and as Word
    backs: tuple[Link, ...]  # 报送反馈 of the rounds that are due
    below: int  # units below that have a page of their own
    below_files: tuple[Link, ...]
    children: tuple[Link, ...]
    path: tuple[Link, ...]
    supports: tuple[Link, ...] = ()  # 配合任务
