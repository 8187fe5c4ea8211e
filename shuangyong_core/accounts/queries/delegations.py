"""What is known of delegations: who may take one, which there are, which has just ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.models import Delegation, User, UserGrant
from shuangyong_core.accounts.queries.who import not_ended
from shuangyong_core.clock import SHANGHAI
from shuangyong_core.errors import NotFound
from shuangyong_core.units.models import Tree, Unit, UnitLink

# So long after its end a refusal still says that the delegation is over.
TOLD_FOR = timedelta(days=1)


class DelegationOver(NotFound):
    """What was one's to do by delegation is no more: it ended, or was taken back."""

    message = (
        "受“{giver}”委托办理的期限到 {until}，已经结束，这次没有办成。要继续办理，请对方重新委托。"
    )
    code = "delegation_over"


@dataclass(frozen=True, slots=True)
class Taker:
    """An account that may act for another: of the same unit or above it."""

    login: str
    name: str
    unit: str  # name


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """One delegation as both its users see it."""

    number: int
    giver_id: int
    giver: str
    taker: str
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None


def list_takers(session: Session, user: int, *, at: datetime) -> Sequence[Taker]:
    """This function will list whom a user may hand their roles to."""
    line = _line_above(user, at)
    rows = session.execute(
        select(User.login, User.name, Unit.name)
        .join(UserGrant, UserGrant.user == User.id)
        .join(Unit, Unit.id == UserGrant.unit)
        .where(
            User.id != user,
            User.disabled_at.is_(None),
            User.administrator.is_(None),
            UserGrant.delegation.is_(None),
            UserGrant.valid_from <= at,
            not_ended(at),
            UserGrant.unit.in_(line),
        )
        .distinct()
        .order_by(User.login, Unit.name)
    )
    # An account of several units stands once, under the first.
    return list({login: Taker(login, name, unit) for login, name, unit in reversed(rows.all())}
                .values())[::-1]  # fmt: skip


def _line_above(user: int, at: datetime) -> Select[tuple[int]]:
    """The units where a user has roles of their own, and all above them."""
    today = (UnitLink.tree == str(Tree.RESPONSIBILITY), UnitLink.valid_to.is_(None))
    own = select(UserGrant.unit).where(
        UserGrant.user == user,
        UserGrant.delegation.is_(None),
        UserGrant.valid_from <= at,
        not_ended(at),
    )
    line = (
        select(UnitLink.unit, UnitLink.parent)
        .where(UnitLink.unit.in_(own), *today)
        .cte("own_line", recursive=True)
    )
    above = select(UnitLink.unit, UnitLink.parent).where(UnitLink.unit == line.c.parent, *today)
    return select(line.union(above).c.unit)


def list_delegations(
    session: Session, *, user: int | None = None, at: datetime | None = None
) -> Sequence[DelegationLine]:
    """This function will list delegations, a user's own or all; with `at` only what runs then."""
    giver, taker = aliased(User), aliased(User)
    found = (
        select(Delegation.id, giver.id, giver.name, taker.name, Delegation.valid_from,
               Delegation.valid_to, Delegation.revoked_at)
        .join(giver, giver.id == Delegation.giver)
        .join(taker, taker.id == Delegation.taker)
        .order_by(Delegation.id.desc())
    )  # fmt: skip
    if user is not None:
        found = found.where(or_(Delegation.giver == user, Delegation.taker == user))
    if at is not None:
        found = found.where(
            Delegation.valid_from <= at, Delegation.valid_to > at, Delegation.revoked_at.is_(None)
        )
    return [DelegationLine(*row) for row in session.execute(found)]


def why_over(session: Session, user: int, *, at: datetime) -> DelegationOver | None:
    """This function will say which delegation to a user ended within the last day, if one did."""
    # A revocation always comes before the end it forestalls.
    ended = func.coalesce(Delegation.revoked_at, Delegation.valid_to)
    row = session.execute(
        select(User.name, ended)
        .join(User, User.id == Delegation.giver)
        .where(Delegation.taker == user, Delegation.valid_from <= at, ended <= at)
        .where(ended > at - TOLD_FOR)
        .order_by(ended.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    giver, until = row
    local = until.astimezone(SHANGHAI)
    return DelegationOver(giver=giver, until=f"{local.month}月{local.day}日 {local:%H:%M}")
