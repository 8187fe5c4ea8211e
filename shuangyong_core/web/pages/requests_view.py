"""What the pages of requests need: the list, the form one asks on, one request with its effect."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.pages.shell import Choice, Happened, Light, Link


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request of the list."""

    unit: str
    title: str  # 延期：上半年 宣传教育活动
    detail: str
    href: str
    light: Light
    state: str
    verb: str = ""  # 去决定; empty: to look at


@dataclass(frozen=True, slots=True)
class RequestsView:
    """Requests in reach: what one decides first, then all others."""

    to_decide: tuple[RequestLine, ...]
    others: tuple[RequestLine, ...]
    ask_href: str = ""  # of one's own unit; empty: one asks nothing


@dataclass(frozen=True, slots=True)
class AskView:
    """The form; it posts `kind`, `round`, `target`, `until`, `reason`."""

    unit: str
    post_href: str
    kinds: tuple[Choice, ...]
    rounds: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    until: str = ""
    reason: str = ""
    errors: tuple[str, ...] = ()
    acting_for: str = ""  # 代提: whose wish it is


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One item as it is and as it would be."""

    unit: str
    target: str
    round: str
    first_due: str
    due: str
    then: str  # 7月31日, 不再要报, 已报，照样计入
    is_late: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request; it posts `act` = grant | refuse | withdraw, `reason`, `seal`."""

    title: str
    unit: str
    post_href: str
    facts: tuple[tuple[str, str], ...]
    light: Light
    state: str
    says: tuple[str, ...] = ()  # what a grant would change, in sentences
    rows: tuple[EffectRow, ...] = ()
    more: str = ""
    seal: str = ""
    may_decide: bool = False
    may_withdraw: bool = False
    why_not: str = ""
    history: tuple[Happened, ...] = ()
    links: tuple[Link, ...] = ()
    reason: str = ""
    errors: tuple[str, ...] = ()
