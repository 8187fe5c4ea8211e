"""What the page 我的账号 needs: one's roles, and delegations given and taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangyong_core.web.pages.shell import Choice, Light


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role on a unit; `giver` when it is only delegated."""

    unit: str
    role: str
    giver: str


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation, given or taken."""

    number: int
    text: str
    first: date
    last: date
    light: Light
    state: str
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """The user's own account."""

    login: str
    name: str
    roles: tuple[OwnRole, ...]
    delegations: tuple[DelegationRow, ...]
    takers: tuple[Choice, ...]
    may_delegate: bool
    first: str
    last: str
    errors: tuple[str, ...]
