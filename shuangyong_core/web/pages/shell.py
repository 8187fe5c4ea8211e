"""What every page shares: the frame, and the small values that many pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Light = Literal["ok", "warn", "late", "na", "ni", "rev"]  # ● ▲ ■ — ⊘ ◇
Menu = Literal["todo", "fill", "review", "progress", "materials", ""]
NoticeKind = Literal["", "b", "w", "e", "o"]  # plain, info, please check, failed, done


@dataclass(frozen=True, slots=True)
class Day:
    """A date on a page; a year without its holiday notice is provisional: （暂定）."""

    date: date
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; without href it is text alone."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence on top of a page, at most two of them."""

    text: str
    lead: str = ""  # the bold beginning
    kind: NoticeKind = ""
    icon: str = "info-circle"


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a history, newest first."""

    text: str
    at: datetime
    who: str = ""  # a post, never a person


@dataclass(frozen=True, slots=True)
class Attached:
    """One file or one place of a paper original."""

    name: str
    detail: str = ""  # size, date taken, or where the paper lies
    href: str = ""
    key: str = ""  # what a form sends to take it off; empty: it stays


@dataclass(frozen=True, slots=True)
class Confirm:
    """An act that is asked once, inside the page: what follows, and the two ways out."""

    lead: str  # 退回修改，确认一次：
    text: str
    label: str  # 确认退回
    act: str  # value of the button `act`
    cancel_href: str
    is_stop: bool = False  # a return or a stop: red text


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One of at most five entries."""

    key: Menu
    href: str
    count: int = 0  # things waiting; 0 shows nothing


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page for one signed-in user."""

    site: str  # issuer's name and 双拥工作平台
    sponsor: str  # 临江区双拥办
    who: str  # unit and post: 柳塘社区 · 联络员
    initial: str  # one character
    current: Menu
    menu: tuple[MenuEntry, ...]
    csrf: str
    today: Day
    notices: tuple[Notice, ...] = ()
    user_links: tuple[Link, ...] = ()  # in the user menu, above 退出
    is_demo: bool = False
    fresh_href: str = ""  # polled while sums are still being folded; empty: nothing waits
