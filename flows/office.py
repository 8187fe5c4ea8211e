"""The flows' own desk: one engine a process, each act a transaction in a thread of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache, partial
from typing import TypeVar

from anyio.to_thread import run_sync
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core import db, presence
from shuangyong_core.settings import Settings

Found = TypeVar("Found")


@cache
def _settings() -> Settings:
    return Settings()


@cache
def _engine(url: str) -> Engine:
    return db.make_engine(url)


def now() -> datetime:
    """This function will read the clock of this process."""
    return _settings().clock.now()


async def write(act: Callable[[Session], Found]) -> Found:
    """This function will run an act in one write transaction, off the event loop."""

    def run() -> Found:
        with db.write(_engine(_settings().url)) as session:
            return act(session)

    return await run_sync(run)


async def read(ask: Callable[[Session], Found]) -> Found:
    """This function will ask in one read transaction, off the event loop."""

    def run() -> Found:
        with db.read(_engine(_settings().url)) as session:
            return ask(session)

    return await run_sync(run)


@asynccontextmanager
async def at_work(job: str) -> AsyncIterator[None]:
    """This function will show that this process is at a job, as long as it is and lives."""
    shown = presence.at_work(_engine(_settings().url), job)
    await run_sync(shown.__enter__)
    try:
        yield
    finally:
        await run_sync(shown.__exit__, None, None, None)


async def is_somebody_at(job: str) -> bool:
    """This function will say whether another process, or this one, is at a job."""
    return await run_sync(partial(presence.is_somebody_at, _engine(_settings().url), job))
