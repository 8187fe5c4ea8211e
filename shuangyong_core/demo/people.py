"""The demo's accounts: the office, the streets, the federation, and some communities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions import add_user, create_token
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.bearers import find_token_actor
from shuangyong_core.accounts.queries import get_user_actor
from shuangyong_core.demo.setting import DISTRICT, PASSWORD
from shuangyong_core.units.queries import UnitLinks, get_links

OPERATOR = Actor("operator", None, "操作员")
FEDERATION = f"{DISTRICT}-GH"
VETERANS = f"{DISTRICT}-CY16"
SUPPORTING = f"{DISTRICT}-CY11"  # 配合单位: sees what it supports, hands in what it has
# The communities of these streets type for themselves; the other streets type for theirs.
TYPING_STREETS = ("990106001", "990106007")


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the demo."""

    login: str
    name: str
    unit: str
    roles: tuple[Role, ...]


def list_accounts(links: dict[str, UnitLinks]) -> Iterator[Account]:
    """This function will list the demo's accounts, from the units there are."""
    yield Account("qsyb", "区双拥办联络员", DISTRICT, (Role.ISSUER, Role.MANAGER, Role.REVIEWER))
    yield Account("qsyb2", "区双拥办核对岗", DISTRICT, (Role.ISSUER, Role.REVIEWER))
    yield Account("qld", "区分管领导", DISTRICT, (Role.VIEWER,))
    for code, unit in links.items():
        if unit.kind == "street" or code == FEDERATION:
            # Where communities type for themselves, what the street types counts as reviewed.
            reviews = (Role.REVIEWER,) if code in TYPING_STREETS else ()
            yield Account(code, f"{unit.name}联络员", code, (Role.MANAGER, Role.REPORTER, *reviews))
            yield Account(f"{code}-sh", f"{unit.name}审核岗", code, (Role.REVIEWER,))
        elif (unit.kind == "community" and unit.parent in TYPING_STREETS) or code == SUPPORTING:
            yield Account(code, f"{unit.name}联络员", code, (Role.REPORTER,))


class Cast:
    """Who acts for which unit in the demo."""

    def __init__(self, actors: dict[str, Actor], links: dict[str, UnitLinks]) -> None:
        self._actors, self._links = actors, links

    def writer(self, unit: str) -> Actor:
        """This function will give who types a unit's report: itself, or its street for it."""
        return self._actors.get(unit) or self._actors[self._links[unit].parent]

    def reviewer(self, unit: str) -> Actor:
        """This function will give who reviews a unit's report."""
        above = self._links[unit].parent
        return self._actors["qsyb2"] if above == DISTRICT else self._actors[f"{above}-sh"]

    def holder(self, unit: str) -> Actor:
        """This function will give who confirms a unit's split."""
        return self._actors["qsyb" if unit == DISTRICT else unit]


def add_people(session: Session, *, at: datetime) -> None:
    """This function will add the demo's accounts, all with the one demo password."""
    for account in list_accounts(get_links(session)):
        roles = [(account.unit, role) for role in account.roles]
        add_user(
            session,
            account.login,
            name=account.name,
            roles=roles,
            password=PASSWORD,
            actor=OPERATOR,
            at=at,
        )


def assemble(session: Session, *, at: datetime) -> Cast:
    """This function will give the actors, and a token to the bureau whose program reports."""
    links = get_links(session)
    actors = {
        account.login: get_user_actor(session, account.login, at=at)
        for account in list_accounts(links)
    }
    secret = create_token(
        session,
        unit=VETERANS,
        role=Role.REPORTER,
        label="区退役军人事务局系统",
        actor=OPERATOR,
        at=at,
    )
    token = find_token_actor(session, secret=secret, at=at)
    if token is not None:
        actors[VETERANS] = token
    return Cast(actors, links)
