"""Who calls, and when: a bearer token is the actor, and the clock is read once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.bearers import find_token_actors
from shuangyong_core.api.starting import Prepared
from shuangyong_core.batches import write_each
from shuangyong_core.errors import Refused
from shuangyong_core.guard.scanning import Policy
from shuangyong_core.reports.actions.sending import prepare
from shuangyong_core.settings import Settings
from shuangyong_core.together import Together

Done = TypeVar("Done")
LONGEST_SECRET = 200
StartLaunch = Callable[[Prepared, Settings], None]
Write = Callable[[Sequence[Callable[[Session], Any]]], Sequence[Any]]


class TokenRefused(Refused):
    """No token, an unknown one, a revoked one, one that ended: one answer for all."""

    message = "请在请求头写明有效的令牌：Authorization: Bearer …"
    code = "token_refused"


@dataclass(frozen=True, slots=True)
class House:
    """What every call of this door stands on."""

    engine: Engine
    settings: Settings
    start_launch: StartLaunch
    bearers: Together[str, Actor | None]
    writes: Together[Callable[[Session], Any], Any]


def open_house(
    engine: Engine, settings: Settings, start_launch: StartLaunch, write: Write | None = None
) -> House:
    """This function will give the calls of a door their database and its two clerks."""

    def look_up(secrets: Sequence[str]) -> list[Actor | None]:
        with db.read(engine) as session:
            found = find_token_actors(session, secrets=secrets, at=settings.clock.now())
        return [found.get(secret) for secret in secrets]

    writes: Together[Callable[[Session], Any], Any] = Together(
        write or partial(write_each, engine, prepare=prepare)
    )
    return House(engine, settings, start_launch, Together(look_up), writes)


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who makes it, and the instant it is made."""

    house: House
    actor: Actor
    at: datetime

    @property
    def engine(self) -> Engine:
        """The database."""
        return self.house.engine

    @property
    def settings(self) -> Settings:
        """What the installation has set."""
        return self.house.settings

    async def write(self, act: Callable[[Session], Done]) -> Done:
        """This method will run an act in a transaction; on SQLite many calls share one commit."""
        if self.engine.dialect.name != "sqlite":
            return await run_in_threadpool(_write_alone, self.engine, act)
        done: Done = await asyncio.wrap_future(self.house.writes.ask(act))
        return done

    @property
    def policy(self) -> Policy:
        """What happens to a text with something in it that has no place here."""
        return Policy.of(secrecy=self.settings.guard_secrecy, personal=self.settings.guard_personal)


def _write_alone(engine: Engine, act: Callable[[Session], Done]) -> Done:
    with db.write(engine) as session:
        return act(session)


async def authenticate(house: House, authorization: str | None) -> Call:
    """This function will give the call a token makes; raises TokenRefused. Cookies are not read."""
    scheme, _, secret = (authorization or "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not 0 < len(secret) <= LONGEST_SECRET:
        raise TokenRefused
    actor = await asyncio.wrap_future(house.bearers.ask(secret))
    if actor is None:
        raise TokenRefused
    return Call(house, actor, house.settings.clock.now())


def house_of(request: Request) -> House:
    """This function will give what the application was built with."""
    found: House = request.app.state.house
    return found


BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="令牌")


async def _made(
    request: Request,
    _shown: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
) -> Call:
    # The route authenticated before it read the body; the scheme above is for OpenAPI's readers.
    call: Call = request.state.call
    return call


Made = Annotated[Call, Depends(_made)]
