"""Every way a user can change: added, disabled, given a new password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import ADMINISTRATORS, Actor, Role
from shuangyong_core.accounts.models import LoginFailure, User, UserGrant, WebSession
from shuangyong_core.accounts.passwords import draw_one_time_password, hash_password
from shuangyong_core.accounts.queries import get_user
from shuangyong_core.accounts.rules import check_login, check_name, check_password
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Refused
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
    password: str | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """This function will add an account with roles on units (by code); gives its one-time password.

    Raises LoginUnusable, NameUnusable, LoginTaken, RolesMixed, UnitNotFound, MayNotManageUsers.
    """
    require_account_manager(actor)
    check_login(login)
    check_name(name)
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
    )
    session.add(user)
    session.flush()
    for code, role in roles:
        unit = get_unit(session, code)
        session.add(UserGrant(user=user.id, unit=unit.id, role=role, valid_from=at, valid_to=None))
    session.flush()
    detail = {"roles": [[code, str(role)] for code, role in roles]}
    record(
        session, act="users.add", subject=f"user:{user.id}", actor=actor.key, at=at, detail=detail
    )
    return drawn


def disable_user(session: Session, login: str, *, actor: Actor, at: datetime) -> None:
    """This function will shut an account and end its sessions at once."""
    require_account_manager(actor)
    user = get_user(session, login)
    user.disabled_at = at
    session.execute(delete(WebSession).where(WebSession.user == user.id))
    record(session, act="users.disable", subject=f"user:{user.id}", actor=actor.key, at=at)


def reset_password(session: Session, login: str, *, actor: Actor, at: datetime) -> str:
    """This function will draw a new one-time password and end the account's sessions."""
    require_account_manager(actor)
    user = get_user(session, login)
    drawn = draw_one_time_password()
    user.password_hash, user.must_change = hash_password(drawn), True
    session.execute(delete(WebSession).where(WebSession.user == user.id))
    session.execute(delete(LoginFailure).where(LoginFailure.login == login))
    record(session, act="users.reset", subject=f"user:{user.id}", actor=actor.key, at=at)
    return drawn


def change_password(session: Session, user: int, *, password: str, at: datetime) -> None:
    """This function will keep the user's own new password; raises PasswordTooWeak."""
    kept = session.get_one(User, user)
    check_password(password, login=kept.login)
    kept.password_hash, kept.must_change = hash_password(password), False
    session.execute(delete(WebSession).where(WebSession.user == user))
    record(session, act="users.password", subject=f"user:{user}", actor=f"user:{user}", at=at)
