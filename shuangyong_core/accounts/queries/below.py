"""Whose units and accounts an actor looks after: those strictly below, never one's own level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.queries.who import UserNotFound, get_user, not_ended
from shuangyong_core.errors import Refused
from shuangyong_core.units.models import Tree, Unit, UnitLink
from shuangyong_core.units.queries import UnitNotFound, list_line

# With one of these on a unit one looks after the people of the units below it.
MANAGERS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER)


class AccountHoldsMore(Refused):
    """An account below that also holds a role at one's own level, above, or elsewhere."""

    message = "账号 {login} 在别处也有权限，要由它最上一级单位的上级或安全管理员办理。"
    code = "account_holds_more"


def looks_after(actor: Actor) -> bool:
    """This function will say whether an actor looks after anybody's accounts at all."""
    return _is_unbounded(actor) or bool(actor.units_with(*MANAGERS))


def units_looked_after(actor: Actor) -> Select[tuple[int]]:
    """This function will select the units whose people an actor looks after."""
    if _is_unbounded(actor):
        return select(Unit.id)
    return units_below(actor.units_with(*MANAGERS))


def units_below(roots: Collection[int]) -> Select[tuple[int]]:
    """This function will select every unit strictly below some units, by responsibility today."""
    today = (UnitLink.tree == str(Tree.RESPONSIBILITY), UnitLink.valid_to.is_(None))
    children = select(UnitLink.unit).where(UnitLink.parent.in_(sorted(roots)), *today)
    below = children.cte("below", recursive=True)
    deeper = select(UnitLink.unit).join(below, UnitLink.parent == below.c.unit).where(*today)
    return select(below.union(deeper).c.unit)


def get_unit_below(session: Session, code: str, *, actor: Actor) -> Unit:
    """This function will give a unit whose people the actor looks after; or UnitNotFound."""
    found = select(Unit).where(Unit.code == code, Unit.id.in_(units_looked_after(actor)))
    unit = session.scalar(found)
    if unit is None:
        raise UnitNotFound(unit=code)
    return unit


def get_line_below(session: Session, unit: int, *, actor: Actor) -> Sequence[Unit]:
    """This function will give what lies above a unit within the actor's care, the top first.

    The top is the actor's own unit; for who looks after everything, the root. Or UnitNotFound.
    """
    line = list(list_line(session, unit, tree=Tree.RESPONSIBILITY))
    if not _is_unbounded(actor):
        own = [place for place, each in enumerate(line[1:], start=1)
               if each in actor.units_with(*MANAGERS)]  # fmt: skip
        if not own:
            raise UnitNotFound(unit="")
        line = line[: max(own) + 1]
    units = {each.id: each for each in session.scalars(select(Unit).where(Unit.id.in_(line)))}
    return [units[each] for each in reversed(line[1:])]


def get_account_below(session: Session, login: str, *, actor: Actor, at: datetime) -> User:
    """This function will give an account whose every role lies below the actor.

    Raises UserNotFound when none does, AccountHoldsMore when only some do.
    """
    user = get_user(session, login)
    if _is_unbounded(actor):
        return user
    held = select(func.count()).where(UserGrant.user == user.id, not_ended(at))
    inside = session.scalar(held.where(UserGrant.unit.in_(units_looked_after(actor))))
    if not inside or user.administrator:
        raise UserNotFound(login=login)
    if inside != session.scalar(held):
        raise AccountHoldsMore(login=login)
    return user


def _is_unbounded(actor: Actor) -> bool:
    return actor.is_unlimited or actor.administrator is Role.SECURITY_ADMIN
