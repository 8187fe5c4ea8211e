"""A district with two streets and their communities, and the people who look after each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts import actions, queries
from shuangyong_core.accounts.actions import users
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.passwords import hash_password
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.fixtures.databases import World

OPERATOR = Actor("operator", "test", "操作员")
PASSWORD = "jun-min-yi-jia-qin"
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)  # the quiet instant
UNITS = """code,name,kind,parent_code
A,甲区,district,
A1,甲一街道,street,A
A2,甲二街道,street,A
A11,东社区,community,A1
A12,西社区,community,A1
A21,南社区,community,A2
"""
PEOPLE = {
    "office": ("区双拥办", [("A", Role.ISSUER), ("A", Role.MANAGER)]),
    "a1": ("甲一街道联络员", [("A1", Role.MANAGER), ("A1", Role.REPORTER)]),
    "a1r": ("甲一街道审核岗", [("A1", Role.REVIEWER)]),
    "a2": ("甲二街道联络员", [("A2", Role.MANAGER)]),
    "a11": ("东社区联络员", [("A11", Role.REPORTER)]),
    "a21": ("南社区联络员", [("A21", Role.REPORTER)]),
    "both": ("街道兼社区", [("A11", Role.REPORTER), ("A1", Role.VIEWER)]),
}
ActorOf = Callable[..., Actor]


# The one password is hashed once for all tests: argon2 is slow on purpose.
hash_once = cache(hash_password)


def settled(engine: Engine) -> None:
    """The district with its people, each with the one password."""
    with db.write(engine) as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "hash_password", hash_once)
        listed = read_units(UNITS.encode(), "u.csv")
        import_units(session, listed, actor="operator", at=AT)
        for login, (name, roles) in PEOPLE.items():
            actions.add_user(session, login, name=name, roles=roles, password=PASSWORD,
                             actor=OPERATOR, at=AT)  # fmt: skip
        actions.add_user(session, "sec", name="安全管理员", administrator=Role.SECURITY_ADMIN,
                         password=PASSWORD, actor=OPERATOR, at=AT)  # fmt: skip


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """The people, for whoever asks for them."""
    return settled if "people" in request.fixturenames else None


@pytest.fixture
def people(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The district with its people; whoever is added is hashed as quickly."""
    monkeypatch.setattr(users, "hash_password", hash_once)
    return engine


@pytest.fixture
def actor_of(people: Engine, at: datetime) -> ActorOf:
    """Gives an account as an actor, at the quiet instant or another."""

    def find(login: str, when: datetime = at) -> Actor:
        with db.read(people) as session:
            return queries.get_user_actor(session, login, at=when)

    return find
