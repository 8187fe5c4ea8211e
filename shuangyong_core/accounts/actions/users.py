"""Every way a user can change: added, disabled; what hangs on it ends with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import ADMINISTRATORS, Actor, Role
from shuangyong_core.accounts.models import Delegation, User, UserGrant, WebSession
from shuangyong_core.accounts.passwords import draw_one_time_password, hash_password
from shuangyong_core.accounts.queries import get_user
from shuangyong_core.accounts.rules import (
    ONE_TIME_FOR,
    check_login,
    check_post_name,
)
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Refused
from shuangyong_core.units.actions import keep_post
from shuangyong_core.units.models import PostKind
from shuangyong_core.units.queries import get_unit


class LoginTaken(Refused):
    """Another account has this login name."""

    message = "账号 {login} 已经有了，请换一个。"
    code = "login_taken"


class RolesMixed(Refused):
    """An administrator with business data, or two administrators in one."""

    message = "系统、安全、审计管理员互斥，也不能兼任业务角色。"
    code = "roles_mixed"


class MayNotManageUsers(Refused):
    """Only the security administrator or the operator manages accounts."""

    message = "账号由安全管理员管理。"
    code = "may_not_manage_users"


def require_account_manager(actor: Actor) -> None:
    """This function will refuse with MayNotManageUsers who may not manage accounts."""
    if not actor.is_unlimited and actor.administrator is not Role.SECURITY_ADMIN:
        raise MayNotManageUsers


def add_user(
    session: Session,
    login: str,
    *,
    name: str,
    roles: Sequence[tuple[str, Role]] = (),
    administrator: Role | None = None,
    post: PostKind | None = None,
    password: str | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """This function will add an account with roles on units (by code); gives its one-time password.

    Raises LoginUnusable, NameUnusable, LoginTaken, RolesMixed, UnitNotFound, MayNotManageUsers.
    """
    require_account_manager(actor)
    return create_user(
        session,
        login,
        name=name,
        roles=roles,
        administrator=administrator,
        post=post,
        password=password,
        actor=actor,
        at=at,
    )


def create_user(
    session: Session,
    login: str,
    *,
    name: str,
    roles: Sequence[tuple[str, Role]] = (),
    administrator: Role | None = None,
    post: PostKind | None = None,
    password: str | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """This function will add an account for whoever the caller found entitled to it."""
    check_login(login)
    check_post_name(name)
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise LoginTaken(login=login)
    mixed = administrator is not None and roles
    if mixed or any(role in ADMINISTRATORS for _, role in roles):
        raise RolesMixed
    drawn = password or draw_one_time_password()
    user = User(
        login=login,
        name=name,
        password_hash=hash_password(drawn),
        must_change=password is None,
        administrator=administrator,
        created_at=at,
        disabled_at=None,
        password_at=at,
        one_time_until=None if password else at + ONE_TIME_FOR,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:  # another was quicker
        raise LoginTaken(login=login) from None
    for code, role in roles:
        unit = get_unit(session, code).id
        duty = keep_post(session, unit, kind=post, at=at) if post else None
        session.add(UserGrant(user=user.id, unit=unit, role=role, valid_from=at, post=duty))
    session.flush()
    detail = {"roles": [[code, str(role)] for code, role in roles]}
    record(
        session, act="users.add", subject=f"user:{user.id}", actor=actor.key, at=at, detail=detail
    )
    return drawn


def disable_user(session: Session, login: str, *, actor: Actor, at: datetime) -> None:
    """This function will shut an account; its sessions and its delegations end at once."""
    require_account_manager(actor)
    shut_user(session, get_user(session, login), actor=actor, at=at)


def shut_user(session: Session, user: User, *, actor: Actor, at: datetime) -> None:
    """This function will shut an account for whoever the caller found entitled to it."""
    user.disabled_at = at
    session.execute(delete(WebSession).where(WebSession.user == user.id))
    end_delegations(session, user.id, at=at)
    record(session, act="users.disable", subject=f"user:{user.id}", actor=actor.key, at=at)


def end_delegations(session: Session, user: int, *, at: datetime) -> None:
    """This function will end what a user handed to others and what others handed to the user."""
    running = (
        (Delegation.giver == user) | (Delegation.taker == user),
        Delegation.valid_to > at,
        Delegation.revoked_at.is_(None),
    )
    ended = session.scalars(select(Delegation.id).where(*running)).all()
    session.execute(update(Delegation).where(Delegation.id.in_(ended)).values(revoked_at=at))
    session.execute(update(UserGrant).where(UserGrant.delegation.in_(ended)).values(valid_to=at))
