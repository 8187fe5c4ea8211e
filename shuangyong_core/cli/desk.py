"""The operator's desk: settings, database, who acts, and how an answer is printed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries import find_user, get_user_actor
from shuangyong_core.answers import plain
from shuangyong_core.apart import apart
from shuangyong_core.audit.actions import record, record_refusal
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.scanning import Policy
from shuangyong_core.settings import Settings

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class NotInstalled(Refused):
    """There is no database yet, or it is of another version."""

    message = "数据库还没有建好或版本不对，请先运行 shuangyong init。"
    code = "not_installed"


class DatabaseUnreachable(Refused):
    """The address of the database leads nowhere, or to something that is no database of ours."""

    message = "连不上数据库，请核对 SHUANGYONG_DATABASE_URL 和数据目录，看数据库是否开着。"
    code = "database_unreachable"


class UserDisabled(Refused):
    """The account that `--as` names is shut."""

    message = "账号 {login} 已停用，不能用它办理。"
    code = "user_disabled"


def read_settings(**given: Any) -> Settings:
    """This function will read the settings; raises Problems that name each wrong one."""
    named = os.environ.get("SHUANGYONG_CONFIG")
    try:
        if named is not None:
            # A file that is not there would be passed over in silence.
            Path(named).read_bytes()
        return Settings(**given)
    except ValidationError as wrong:
        problems = [
            Problem("setting", "这个设置不对，请照 docs/settings.md 改正。",
                    field=f"SHUANGYONG_{'_'.join(map(str, each['loc'])).upper()}",
                    value=mask(each["input"]))
            for each in wrong.errors()
        ]  # fmt: skip
        raise Problems(problems) from wrong
    except (OSError, ValueError) as wrong:
        message = "配置文件读不了，请核对路径和写法（TOML）。"
        raise Problems([Problem("setting", message, field="SHUANGYONG_CONFIG")]) from wrong


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
        with reaching_the_database():
            engine = db.make_engine(self.settings.url)
            if migrations.current(engine) != migrations.newest():
                raise NotInstalled
        return engine

    @property
    def policy(self) -> Policy:
        """What happens to a text with something in it that has no place here."""
        return Policy.of(secrecy=self.settings.guard_secrecy, personal=self.settings.guard_personal)

    def now(self) -> datetime:
        """This function will read the clock."""
        return self.settings.clock.now()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """This function will give a session that reads."""
        with db.read(self.engine) as session:
            yield session

    @contextmanager
    def looking_back(self, day: date | None) -> Iterator[Session]:
        """This function will give a session that reads, apart if it is to see a past day."""
        with apart(self.engine) if day else db.read(self.engine) as session:
            yield session

    @contextmanager
    def writing(self, act: str, subject: str) -> Iterator[Session]:
        """This function will give a write transaction; a refusal of it is recorded by itself."""
        try:
            with db.write(self.engine) as session:
                yield session
                if self._as_user is not None:
                    # The act itself stands under the user's name; this says who typed it.
                    acted = self.actor(session)
                    record(
                        session,
                        act="as_user",
                        subject=act,
                        actor="operator",
                        at=self.now(),
                        detail={"user": acted.id},
                    )
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
        if not self._as_user:
            raise Problems([Problem("as", "后面要写账号。", field="--as")])
        actor = get_user_actor(session, self._as_user, at=self.now())
        if find_user(session, self._as_user) is None:
            raise UserDisabled(login=self._as_user)
        return actor

    def _key(self) -> str:
        return "operator" if self._as_user is None else f"operator:as {self._as_user}"

    def answer(self, value: Any, *, shown: Any = None) -> None:
        """This function will print an answer: one JSON document, or what a person reads."""
        if self.as_json:
            print(json.dumps(plain(value), ensure_ascii=False, indent=1))
        elif shown is not None:
            if isinstance(shown, str):
                self.say(shown)
            else:
                out.print(shown)

    def say(self, text: str) -> None:
        """This function will print text for a person as it is: no markup, no breaks put in."""
        if text:
            out.print(text, soft_wrap=True, markup=False, emoji=False)


def desk_of(context: typer.Context) -> Desk:
    """This function will give the desk of a running command."""
    desk = context.obj
    if not isinstance(desk, Desk):
        raise TypeError("no desk")
    return desk


@contextmanager
def reaching_the_database() -> Iterator[None]:
    """This function will turn a failed connection into DatabaseUnreachable."""
    try:
        yield
    except (DBAPIError, ArgumentError, NoSuchModuleError, ImportError) as fault:
        raise DatabaseUnreachable from fault
