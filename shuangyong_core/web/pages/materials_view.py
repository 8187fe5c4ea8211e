"""What the page 创建材料 needs: files by the eight headings of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shuangyong_core.web.pages.shell import Choice


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the eight headings."""

    number: int  # 1–8
    title: str
    held: int  # files and papers
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """One file, or one paper with its place."""

    title: str
    href: str  # empty: a paper
    target_code: str
    unit: str
    form: str  # 照片, 文件, 纸质原件
    place: str  # 系统内, or where the paper lies
    at: datetime


@dataclass(frozen=True, slots=True)
class MaterialsView:
    """The headings at the left, one heading's files at the right."""

    year: int
    unit: str
    headings: tuple[Heading, ...]
    current: str
    rows: tuple[Material, ...]
    total: int  # in all; one that serves two headings is one
    rounds: tuple[Choice, ...] = ()
    heading: int = 1
    search: str = ""
    page_number: int = 1
    pages: int = 1
    page_href: str = ""  # the number is put behind it
