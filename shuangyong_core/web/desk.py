"""One request of one signed-in user: who, when, and the transactions a route may open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actions import keep_session
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import LoggedIn, find_logged_in
from shuangyong_core.audit.actions import record_refusal
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Refused
from shuangyong_core.guard.scanning import Policy
from shuangyong_core.settings import Settings

COOKIE = "shuangyong"
# A page view writes "seen" at most this often, so that reading stays reading.
SEEN_EVERY = timedelta(minutes=1)


class NotSignedIn(Exception):
    """Nobody is signed in: the handler sends to the log-in page and back."""


class MustChangePassword(Exception):
    """A one-time password opens only the page that changes it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a route needs of its surroundings."""

    engine: Engine
    settings: Settings
    login: LoggedIn
    secret: str
    at: datetime
    path: str
    plan: str = ""  # ?plan=: the plan asked for, by code

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.login.actor

    @property
    def today(self) -> date:
        """The business date in Shanghai."""
        return shanghai_date(self.at)

    @property
    def policy(self) -> Policy:
        """What happens to a text with something in it that has no place here."""
        return Policy.of(secrecy=self.settings.guard_secrecy, personal=self.settings.guard_personal)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """This function will give a session that reads."""
        with db.read(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """This function will give a write transaction; a refusal of it is recorded by itself."""
        try:
            with db.write(self.engine) as session:
                yield session
        except Refused as refused:
            with db.write(self.engine) as session:
                record_refusal(
                    session,
                    act="web",
                    subject=self.path,
                    actor=self.actor.key,
                    at=self.at,
                    refused=refused,
                )
            raise


def cookie_name(settings: Settings) -> str:
    """This function will give the session cookie's name; `__Host-` binds it to this host."""
    return f"__Host-{COOKIE}" if settings.https else COOKIE


def any_user(request: Request) -> Desk:
    """This function will give the desk of who is signed in; raises NotSignedIn."""
    settings: Settings = request.app.state.settings
    engine: Engine = request.app.state.engine
    secret = request.cookies.get(cookie_name(settings), "")
    at = settings.clock.now()
    with db.read(engine) as session:
        login = find_logged_in(session, secret=secret, at=at) if secret else None
    if login is None:
        raise NotSignedIn
    if at - login.seen_at > SEEN_EVERY:
        with db.write(engine) as session:
            keep_session(session, secret=secret, at=at)
    asked = request.query_params.get("plan", "")
    return Desk(engine, settings, login, secret, at, request.url.path, asked)


def signed_in(request: Request) -> Desk:
    """This function will give the desk of a user with a password of their own."""
    desk = any_user(request)
    if desk.login.must_change:
        raise MustChangePassword
    return desk
