"""What 报送反馈 and the page on which its use is told need."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.documents.back import BackSheet
from shuangyong_core.web.pages.shell import Link


@dataclass(frozen=True, slots=True)
class BackView:
    """One unit's page back after a round; without a sheet nothing was asked of it."""

    unit: str
    plan: str
    sheet: BackSheet | None
    files: tuple[Link, ...]
    below: int
    below_files: tuple[Link, ...]
    path: tuple[Link, ...]
    use_href: str = ""  # the issuer tells here what the round was used for


@dataclass(frozen=True, slots=True)
class UseRow:
    """One round, and what it was used for."""

    code: str
    title: str
    dates: str
    text: str
    ref: str
    told: str  # when and by whom; empty while nothing was told
    act: str
    back_href: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UseView:
    """The rounds of a plan that have opened, for the issuer."""

    plan: str
    rows: tuple[UseRow, ...]
    longest_text: int
    longest_ref: int
