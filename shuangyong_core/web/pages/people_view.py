"""What the pages of 单位与人员 need: the units below with who stands in their posts; a slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shuangyong_core.web.pages.shell import Choice, Confirm, Light, Link


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account at a unit."""

    login: str
    name: str
    roles: str
    post: str
    last_login_at: datetime | None
    light: Light
    state: str
    seen: str  # when its password was last set: a form sends it back
    hand_over_href: str
    reset_href: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the list with its liaison's account; other accounts are counted."""

    code: str
    name: str
    kind: str
    href: str
    below: int
    below_href: str
    rename_href: str
    liaison: AccountLine | None
    others: int
    light: Light
    state: str
    open_href: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The units directly below one, or those that were searched for."""

    unit: str
    unit_code: str
    path: tuple[Link, ...]
    search: str
    lines: tuple[UnitLine, ...]
    total: int
    lacking: int  # units below without an account or a liaison
    number: int
    pages: int
    page_href: str
    reorganise_href: str = ""  # for those who send plans down


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name a unit bore, and until when."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class UnitPageView:
    """One unit: its name, its accounts, its link; and the act that is being asked."""

    code: str
    name: str
    kind: str
    path: tuple[Link, ...]
    href: str
    list_href: str
    link: str
    accounts: tuple[AccountLine, ...]
    former: tuple[FormerName, ...]
    act: str  # rename | hand_over | reset | open | ""
    chosen: AccountLine | None
    confirm: Confirm | None
    typed_name: str
    typed_login: str
    roles: tuple[Choice, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlipView:
    """A one-time password, shown once, to be printed and handed over."""

    unit: str
    name: str
    login: str
    password: str
    until: date
    link: str
    home: str
    what: str
    back_href: str
