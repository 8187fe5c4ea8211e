"""New passwords: a one-time one from above, the user's own at the first log-in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions.users import require_account_manager
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.models import LoginFailure, User, WebSession
from shuangyong_core.accounts.passwords import draw_one_time_password, hash_password
from shuangyong_core.accounts.queries import get_account_below
from shuangyong_core.accounts.rules import ONE_TIME_FOR, check_password
from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict


class PasswordJustSet(Conflict):
    """Somebody else gave the account a password since the page was opened, or the page again."""

    message = "账号 {login} 的口令刚刚重新发过，请刷新后再看；要再发一次，再点一次。"
    code = "password_just_set"


def reset_password(
    session: Session, login: str, *, seen: datetime | None = None, actor: Actor, at: datetime
) -> str:
    """This function will draw a new one-time password and end the account's sessions.

    Raises MayNotManageUsers, UserNotFound, AccountHoldsMore, PasswordJustSet.
    """
    if actor.administrator:
        require_account_manager(actor)
    user = get_account_below(session, login, actor=actor, at=at)
    # Of two at once only one hands out a password that opens.
    session.refresh(user, with_for_update=True)
    check_seen(user, seen=seen)
    drawn = give_one_time_password(session, user, at=at)
    record(session, act="users.reset", subject=f"user:{user.id}", actor=actor.key, at=at)
    return drawn


def check_seen(user: User, *, seen: datetime | None) -> None:
    """This function will refuse with PasswordJustSet what was asked before the last password."""
    if seen is not None and user.password_at is not None and user.password_at > seen:
        raise PasswordJustSet(login=user.login)


def give_one_time_password(session: Session, user: User, *, at: datetime) -> str:
    """This function will draw an account's next password; what was open is shut."""
    drawn = draw_one_time_password()
    user.password_hash, user.must_change = hash_password(drawn), True
    user.password_at, user.one_time_until = at, at + ONE_TIME_FOR
    session.execute(delete(WebSession).where(WebSession.user == user.id))
    session.execute(delete(LoginFailure).where(LoginFailure.login == user.login))
    return drawn


def change_password(session: Session, user: int, *, password: str, at: datetime) -> None:
    """This function will keep the user's own new password; raises PasswordTooWeak."""
    kept = session.get_one(User, user)
    check_password(password, login=kept.login)
    kept.password_hash, kept.must_change = hash_password(password), False
    kept.password_at, kept.one_time_until = at, None
    session.execute(delete(WebSession).where(WebSession.user == user))
    record(session, act="users.password", subject=f"user:{user}", actor=f"user:{user}", at=at)
