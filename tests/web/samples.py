"""Sample views of the invented 临江区: what the pages look like on 20 July 2026, half past nine."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shuangyong_core.web.pages.login_view import LoginView, PasswordView
from shuangyong_core.web.pages.shell import (
    Day,
    Link,
    Menu,
    MenuEntry,
    Notice,
    Page,
)

SITE, SPONSOR = "临江区双拥工作平台", "临江区双拥办"
TODAY = Day(date(2026, 7, 20))
MENU: tuple[Menu, ...] = ("todo", "fill", "review", "progress", "materials")


def day(month: int, number: int, *, is_provisional: bool = False) -> Day:
    """A day of the sample year."""
    return Day(date(2026, month, number), is_provisional)


def at(month: int, number: int, hour: int, minute: int) -> datetime:
    """A wall-clock moment in Shanghai, as it is stored."""
    return datetime(2026, month, number, hour - 8, minute, tzinfo=UTC)


def page(
    current: Menu,
    who: str = "临江区双拥办 · 联络员",
    *,
    todo: int = 9,
    waiting: int = 3,
    may_review: bool = True,
    notices: tuple[Notice, ...] = (),
    fresh_href: str = "",
) -> Page:
    """The frame for one sample user."""
    counts = {"todo": todo, "review": waiting}
    menu = tuple(
        MenuEntry(key, f"/{key}", counts.get(key, 0))
        for key in MENU
        if may_review or key != "review"
    )
    links = (Link("改口令", "/password"),)
    return Page(
        SITE, SPONSOR, who, who[0], current, menu, "token", TODAY, notices, links, True, fresh_href
    )


def clerk(current: Menu) -> Page:
    """The frame of a community."""
    return page(current, "柳塘社区 · 联络员", todo=2, may_review=False)


def login(error: str = "") -> LoginView:
    """The door."""
    return LoginView(SITE, SPONSOR, "token", "990106007003" if error else "", error, is_demo=True)


def password(*errors: str, is_first: bool = True) -> PasswordView:
    """A new password."""
    return PasswordView(
        SITE, SPONSOR, "token", "柳塘社区 · 联络员", 10, is_first, errors, "990106007003"
    )
