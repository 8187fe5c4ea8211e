"""Who a session, a login name or a token stands for, and what that one reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.accounts.models import (
    Delegation,
    LoginFailure,
    User,
    UserGrant,
    WebSession,
)
from shuangyong_core.accounts.passwords import hash_secret
from shuangyong_core.accounts.rules import LOCK_FOR, is_over
from shuangyong_core.errors import NotFound
from shuangyong_core.units.models import Tree, Unit
from shuangyong_core.units.queries import UnitNotFound, get_unit, list_line


class UserNotFound(NotFound):
    """There is no such account."""

    message = "没有账号 {login}，或者不在您的范围内。"
    code = "user_not_found"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A live session: who it is, its CSRF token, whether the password must be changed first."""

    user: int
    login: str
    actor: Actor
    csrf: str
    must_change: bool
    seen_at: datetime


def get_user(session: Session, login: str) -> User:
    """This function will give the account of a login name; raises UserNotFound."""
    user = session.scalar(select(User).where(User.login == login))
    if user is None:
        raise UserNotFound(login=login)
    return user


def find_user(session: Session, login: str) -> User | None:
    """This function will give an account that may log in, or nothing."""
    return session.scalar(select(User).where(User.login == login, User.disabled_at.is_(None)))


def count_failures(session: Session, *, login: str, source: str, at: datetime) -> int:
    """This function will count the recent failures of an account from one network address."""
    recent = select(func.count()).where(
        LoginFailure.login == login,
        LoginFailure.source == source,
        LoginFailure.at > at - LOCK_FOR,
    )
    return session.scalar(recent) or 0


def find_logged_in(session: Session, *, secret: str, at: datetime) -> LoggedIn | None:
    """This function will give who a session's secret stands for, if it is still live."""
    found = session.execute(
        select(WebSession, User)
        .join(User, User.id == WebSession.user)
        .where(WebSession.hash == hash_secret(secret), User.disabled_at.is_(None))
    ).first()
    if found is None or is_over(seen_at=found[0].seen_at, ends_at=found[0].ends_at, at=at):
        return None
    live, user = found
    actor = _actor(session, user, at=at)
    return LoggedIn(user.id, user.login, actor, live.csrf, user.must_change, live.seen_at)


def get_user_actor(session: Session, login: str, *, at: datetime) -> Actor:
    """This function will give a user as an actor; raises UserNotFound."""
    return _actor(session, get_user(session, login), at=at)


def get_unit_within(
    session: Session, code: str, *, actor: Actor, trees: Iterable[Tree] = Tree
) -> Unit:
    """This function will give a unit in the actor's reach by one of the trees; or UnitNotFound."""
    unit = get_unit(session, code)
    if actor.is_unlimited:
        return unit
    roots = {grant.unit for grant in actor.grants}
    # An administrator's reach is empty: none of the three has business data.
    if not any(roots & set(list_line(session, unit.id, tree=tree)) for tree in trees):
        raise UnitNotFound(unit=code)
    return unit


def not_ended(at: datetime) -> ColumnElement[bool]:
    """This function will say of a grant that it has not ended; it may not have begun."""
    return or_(UserGrant.valid_to.is_(None), UserGrant.valid_to > at)


def _actor(session: Session, user: User, *, at: datetime) -> Actor:
    rows = session.execute(
        select(UserGrant.unit, UserGrant.role, Delegation.giver)
        .outerjoin(Delegation, Delegation.id == UserGrant.delegation)
        .where(UserGrant.user == user.id, UserGrant.valid_from <= at, not_ended(at))
        # What is the user's own comes first: the first grant says where one sits.
        .order_by(UserGrant.delegation.is_not(None), UserGrant.id)
    )
    grants = tuple(
        Grant(unit, Role(role), f"user:{giver}" if giver else "") for unit, role, giver in rows
    )
    administrator = Role(user.administrator) if user.administrator else None
    return Actor("user", user.id, user.name, grants, administrator)
