"""Every way a browser's session can change, and log-ins that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.models import LoginFailure, User, WebSession
from shuangyong_core.accounts.passwords import draw_secret, hash_secret
from shuangyong_core.accounts.rules import LONGEST
from shuangyong_core.audit.actions import record


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened: the cookie's secret is told once."""

    secret: str
    csrf: str
    must_change: bool


def open_session(session: Session, user: User, *, at: datetime) -> Opened:
    """This function will open a browser session for a user whose password was right."""
    opened = Opened(draw_secret(), draw_secret(), user.must_change)
    session.execute(delete(WebSession).where(WebSession.ends_at <= at))
    session.execute(
        insert(WebSession).values(
            hash=hash_secret(opened.secret),
            user=user.id,
            csrf=opened.csrf,
            created_at=at,
            seen_at=at,
            ends_at=at + LONGEST,
        )
    )
    session.execute(update(User).where(User.id == user.id).values(last_login_at=at))
    session.execute(delete(LoginFailure).where(LoginFailure.login == user.login))
    record(session, act="log_in", subject=f"user:{user.id}", actor=f"user:{user.id}", at=at)
    return opened


def keep_session(session: Session, *, secret: str, at: datetime) -> None:
    """This function will note that a session was just used."""
    session.execute(
        update(WebSession).where(WebSession.hash == hash_secret(secret)).values(seen_at=at)
    )


def close_session(session: Session, *, secret: str) -> None:
    """This function will log a browser out."""
    session.execute(delete(WebSession).where(WebSession.hash == hash_secret(secret)))


def note_failure(session: Session, *, login: str, source: str, at: datetime) -> None:
    """This function will count a log-in that failed."""
    session.execute(insert(LoginFailure).values(login=login[:60], source=source[:64], at=at))
