"""In whose place somebody acted: X 受 Y 委托, when only a delegation gave X the role for an act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.models import Delegation, User, UserGrant
from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.units.models import Tree
from shuangyong_core.units.queries import list_line


@dataclass(frozen=True, slots=True)
class Acted:
    """One act: whose, when, on a report of which unit, and with which roles one may do it."""

    actor: str
    at: datetime
    roles: Collection[Role]


@dataclass(frozen=True, slots=True)
class _Held:
    user: int
    unit: int
    role: str
    valid_from: datetime
    valid_to: datetime | None
    giver: str | None

    def covers(self, acted: Acted, line: Collection[int]) -> bool:
        return (
            acted.actor == f"user:{self.user}"
            and self.unit in line
            and self.role in acted.roles
            and self.valid_from <= acted.at
            and (self.valid_to is None or self.valid_to > acted.at)
        )


def names_of_acts(session: Session, acts: Sequence[Acted], *, unit: int) -> list[str]:
    """This function will give the name to show for each act on a unit, with 受…委托 where due."""
    names = names_of(session, [each.actor for each in acts])
    held = _held_by_takers(session, {each.actor for each in acts})
    if not held:
        return [names[each.actor] for each in acts]
    line = set(list_line(session, unit, tree=Tree.RESPONSIBILITY))
    shown = []
    for acted in acts:
        covering = [each for each in held if each.covers(acted, line)]
        givers = [each.giver for each in covering if each.giver]
        if givers and all(each.giver for each in covering):
            shown.append(f"{names[acted.actor]} 受 {givers[0]} 委托")
        else:
            shown.append(names[acted.actor])
    return shown


def _held_by_takers(session: Session, keys: Collection[str]) -> list[_Held]:
    """All roles of those among the actors to whom anybody ever handed one; mostly nobody."""
    users = [int(key[5:]) for key in keys if key.startswith("user:") and key[5:].isdigit()]
    takers = select(Delegation.taker).where(Delegation.taker.in_(users))
    rows = session.execute(
        select(UserGrant.user, UserGrant.unit, UserGrant.role, UserGrant.valid_from,
               UserGrant.valid_to, User.name)
        .outerjoin(Delegation, Delegation.id == UserGrant.delegation)
        .outerjoin(User, User.id == Delegation.giver)
        .where(UserGrant.user.in_(takers))
        .order_by(UserGrant.id)
    )  # fmt: skip
    return [_Held(*row) for row in rows]
