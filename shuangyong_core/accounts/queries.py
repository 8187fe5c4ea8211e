"""What is known of accounts: who a session or a token is, what users there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.accounts.models import LoginFailure, Token, User, UserGrant, WebSession
from shuangyong_core.accounts.passwords import hash_secret
from shuangyong_core.accounts.rules import LOCK_FOR, is_over
from shuangyong_core.errors import NotFound
from shuangyong_core.units.models import Tree, Unit
from shuangyong_core.units.queries import UnitNotFound, get_unit, list_line


class UserNotFound(NotFound):
    """There is no such account."""

    message = "没有账号 {login}。"
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


@dataclass(frozen=True, slots=True)
class UserLine:
    """One account in a list."""

    login: str
    name: str
    administrator: str | None
    roles: tuple[tuple[str, str], ...]  # (unit code, role)
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in a list; never its secret."""

    number: int
    label: str
    unit: str
    role: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


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


def _actor(session: Session, user: User, *, at: datetime) -> Actor:
    live = or_(UserGrant.valid_to.is_(None), UserGrant.valid_to > at)
    rows = session.execute(
        select(UserGrant.unit, UserGrant.role)
        .where(UserGrant.user == user.id, UserGrant.valid_from <= at, live)
        .order_by(UserGrant.id)
    )
    grants = tuple(Grant(unit, Role(role)) for unit, role in rows)
    administrator = Role(user.administrator) if user.administrator else None
    return Actor("user", user.id, user.name, grants, administrator)


def name_of(session: Session, actor_key: str) -> str:
    """This function will give the name to show for an actor's key: a post, a token's label."""
    return names_of(session, [actor_key])[actor_key]


def names_of(session: Session, actor_keys: Sequence[str]) -> dict[str, str]:
    """This function will give the names to show for many actors' keys."""
    names = {key: {"system": "系统", "operator": "操作员"}.get(key.split(":")[0], key)
             for key in actor_keys}  # fmt: skip
    for prefix, found in (
        ("user", select(User.id, User.name).where(User.id.in_(_ids("user", actor_keys)))),
        ("token", select(Token.id, Token.label).where(Token.id.in_(_ids("token", actor_keys)))),
    ):
        for number, name in session.execute(found):
            names[f"{prefix}:{number}"] = name
    return names


def _ids(kind: str, keys: Sequence[str]) -> list[int]:
    parts = [key.split(":", 1) for key in set(keys)]
    return [int(part[1]) for part in parts if part[0] == kind and len(part) == 2]


def list_users(session: Session) -> list[UserLine]:
    """This function will list all accounts with their roles."""
    roles: dict[int, list[tuple[str, str]]] = {}
    rows = session.execute(
        select(UserGrant.user, Unit.code, UserGrant.role)
        .join(Unit, Unit.id == UserGrant.unit)
        .where(UserGrant.valid_to.is_(None))
        .order_by(UserGrant.id)
    )
    for user, code, role in rows:
        roles.setdefault(user, []).append((code, role))
    return [
        UserLine(
            user.login,
            user.name,
            user.administrator,
            tuple(roles.get(user.id, [])),
            user.disabled_at is not None,
        )
        for user in session.scalars(select(User).order_by(User.login))
    ]


def list_tokens(session: Session) -> list[TokenLine]:
    """This function will list all tokens, the oldest first."""
    columns = (Token.created_at, Token.expires_at, Token.revoked_at)
    rows = select(Token.id, Token.label, Unit.code, Token.role, *columns)
    found = session.execute(rows.join(Unit, Unit.id == Token.unit).order_by(Token.id))
    return [TokenLine(*row) for row in found]
