"""The operator's desk: settings, database, who acts, and how an answer is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import get_user_actor
from shuangyong_core.answers import plain
from shuangyong_core.audit.actions import record_refusal
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.settings import Settings

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class NotInstalled(Refused):
    """There is no database yet, or it is of another version."""

    message = "数据库还没有建好或版本不对，请先运行 shuangyong init。"
    code = "not_installed"


class Desk:
    """What every command needs; opened only when it is used."""

    def __init__(self, settings: Settings, *, as_user: str | None, as_json: bool) -> None:
        self.settings = settings
        self.as_json = as_json
        self._as_user = as_user

    @cached_property
    def engine(self) -> Engine:
        """The database, at the newest schema; raises NotInstalled."""
        if self.settings.url.startswith("sqlite:///"):
            path = Path(self.settings.url.removeprefix("sqlite:///"))
            if not path.exists():
                raise NotInstalled
        engine = db.make_engine(self.settings.url)
        if migrations.current(engine) != migrations.newest():
            raise NotInstalled
        return engine

    def now(self) -> datetime:
        """This function will read the clock."""
        return self.settings.clock.now()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """This function will give a session that reads."""
        with db.read(self.engine) as session:
            yield session

    @contextmanager
    def writing(self, act: str, subject: str) -> Iterator[Session]:
        """This function will give a write transaction; a refusal of it is recorded by itself."""
        try:
            with db.write(self.engine) as session:
                yield session
        except Refused as refused:
            actor, at = self._key(), self.now()
            with db.write(self.engine) as session:
                record_refusal(
                    session, act=act, subject=subject, actor=actor, at=at, refused=refused
                )
            raise

    def actor(self, session: Session) -> Actor:
        """This function will give who acts: the operator, or the user that `--as` names."""
        if self._as_user is None:
            return Actor("operator", None, "操作员")
        return get_user_actor(session, self._as_user, at=self.now())

    def _key(self) -> str:
        return "operator" if self._as_user is None else f"operator:as {self._as_user}"

    def answer(self, value: Any, *, shown: Any = None) -> None:
        """This function will print an answer: one JSON document, or what a person reads."""
        if self.as_json:
            print(json.dumps(plain(value), ensure_ascii=False, indent=1))
        elif shown is not None:
            out.print(shown, soft_wrap=True)


def desk_of(context: typer.Context) -> Desk:
    """This function will give the desk of a running command."""
    desk = context.obj
    if not isinstance(desk, Desk):
        raise TypeError("no desk")
    return desk


def read_file(path: Path) -> bytes:
    """This function will read a named file; raises Problems when it cannot."""
    try:
        return path.read_bytes()
    except OSError as fault:
        reason = (
            "没有这个文件，请核对路径。" if not path.exists() else f"读不了：{fault.strerror}。"
        )
        raise Problems([Problem("file", reason, file=path.name)]) from fault
