"""Two act on one account at the same moment: the second sees what the first has done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actions import delegating, handing_over, renewing, users
from shuangyong_core.accounts.actor import Role
from shuangyong_core.errors import Refused
from tests.accounts.conftest import OPERATOR, ActorOf

pytestmark = pytest.mark.databases("postgresql")  # SQLite has one writer at a time
Act = Callable[[Session], object]


def at_once(people: Engine, act: Act, *, before: tuple[Any, str]) -> list[str]:
    """Both come as far as the call named, if nothing holds the second up before it."""
    both_are_here = Barrier(2)
    module, name = before
    called = getattr(module, name)

    def wait(*given: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            both_are_here.wait(0.3)
        return called(*given, **named)

    def once(_: int) -> str:
        try:
            with db.write(people) as session:
                act(session)
        except Refused as refused:
            return refused.code
        return "done"

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(module, name, wait)
        return sorted(pool.map(once, range(2)))


def test_one_of_two_delegations_is_refused(people: Engine, actor_of: ActorOf, at: datetime) -> None:
    giver, days = actor_of("a1r"), (date(2026, 7, 27), date(2026, 8, 7))

    def act(session: Session) -> object:
        return actions.delegate(session, giver="a1r", taker="a1", first_date=days[0],
                                last_date=days[1], actor=giver, at=at)  # fmt: skip

    done = at_once(people, act, before=(delegating, "list_takers"))

    assert done == ["already_delegated", "done"]


@pytest.mark.parametrize("module", [renewing, handing_over])
def test_one_of_two_new_passwords_opens(
    people: Engine, actor_of: ActorOf, at: datetime, module: Any
) -> None:
    superior, how = actor_of("a1"), {"seen": at, "at": at + timedelta(minutes=1)}

    def act(session: Session) -> object:
        if module is handing_over:
            return actions.hand_over(session, "A11", "a11", actor=superior, **how)
        return actions.reset_password(session, "a11", actor=superior, **how)

    assert at_once(people, act, before=(module, "check_seen")) == ["done", "password_just_set"]


def test_one_of_two_accounts_of_one_name_is_refused(people: Engine, at: datetime) -> None:
    def act(session: Session) -> object:
        return actions.add_user(session, "a12", name="西社区联络员", roles=[("A12", Role.REPORTER)],
                                actor=OPERATOR, at=at)  # fmt: skip

    assert at_once(people, act, before=(users, "hash_password")) == ["done", "login_taken"]
