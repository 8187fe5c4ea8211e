"""Accounts: who may log in, what a session and a token stand for, who may not be mixed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts import actions, queries
from shuangyong_core.accounts.actions.users import LoginTaken, MayNotManageUsers, RolesMixed
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.bearers import find_token_actor
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.accounts.rules import (
    PasswordTooWeak,
    check_password,
    is_locked,
)
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.queries import UnitNotFound
from shuangyong_core.units.reading import read_units

OPERATOR = Actor("operator", "test", "操作员")


@pytest.fixture
def district(engine: Engine, at: datetime) -> Engine:
    text = "code,name,kind,parent_code\nA,甲区,district,\nA1,甲一街道,street,A\n"
    with db.write(engine) as session:
        import_units(session, read_units(text.encode(), "u.csv"), actor="operator", at=at)
    return engine


def test_a_one_time_password_opens_a_session_that_must_change_it(
    district: Engine, at: datetime
) -> None:
    with db.write(district) as session:
        drawn = actions.add_user(
            session,
            "a1",
            name="甲一街道联络员",
            roles=[("A1", Role.MANAGER)],
            actor=OPERATOR,
            at=at,
        )
        user = queries.get_user(session, "a1")
        opened = actions.open_session(session, user, at=at)

    with db.read(district) as session:
        live = queries.find_logged_in(session, secret=opened.secret, at=at)
    assert is_right(user.password_hash, drawn)
    assert not is_right(user.password_hash, drawn + "x")
    assert live is not None
    assert live.must_change
    assert [grant.role for grant in live.actor.grants] == [Role.MANAGER]


@pytest.mark.parametrize("later", [timedelta(minutes=61), timedelta(hours=13)])
def test_a_session_ends_when_idle_or_old(district: Engine, at: datetime, later: timedelta) -> None:
    with db.write(district) as session:
        actions.add_user(session, "a1", name="联络员", actor=OPERATOR, at=at)
        opened = actions.open_session(session, queries.get_user(session, "a1"), at=at)

    with db.read(district) as session:
        assert queries.find_logged_in(session, secret=opened.secret, at=at + later) is None


def test_disabling_an_account_ends_its_sessions_at_once(district: Engine, at: datetime) -> None:
    with db.write(district) as session:
        actions.add_user(session, "a1", name="联络员", actor=OPERATOR, at=at)
        opened = actions.open_session(session, queries.get_user(session, "a1"), at=at)
        actions.disable_user(session, "a1", actor=OPERATOR, at=at)

    with db.read(district) as session:
        assert queries.find_logged_in(session, secret=opened.secret, at=at) is None
        assert queries.find_user(session, "a1") is None


def test_the_three_administrators_have_no_business_roles(district: Engine, at: datetime) -> None:
    with db.write(district) as session, pytest.raises(RolesMixed):
        actions.add_user(
            session,
            "x",
            name="管理员",
            roles=[("A", Role.VIEWER)],
            administrator=Role.AUDIT_ADMIN,
            actor=OPERATOR,
            at=at,
        )


def test_only_the_security_administrator_adds_users(district: Engine, at: datetime) -> None:
    with db.write(district) as session:
        for login, which in (("sec", Role.SECURITY_ADMIN), ("sys", Role.SYSTEM_ADMIN)):
            actions.add_user(session, login, name=login, administrator=which, actor=OPERATOR, at=at)
        security = queries.get_user_actor(session, "sec", at=at)
        system = queries.get_user_actor(session, "sys", at=at)
        actions.add_user(session, "a1", name="联络员", actor=security, at=at)

        with pytest.raises(MayNotManageUsers):
            actions.add_user(session, "a2", name="联络员", actor=system, at=at)
        with pytest.raises(LoginTaken):
            actions.add_user(session, "a1", name="联络员", actor=security, at=at)
        with pytest.raises(UnitNotFound):
            actions.add_user(
                session, "a3", name="联", roles=[("Z", Role.VIEWER)], actor=security, at=at
            )


def test_a_token_is_an_actor_of_its_own_until_revoked(district: Engine, at: datetime) -> None:
    with db.write(district) as session:
        secret = actions.create_token(
            session, unit="A1", role=Role.REPORTER, label="街道系统", actor=OPERATOR, at=at
        )
        found = find_token_actor(session, secret=secret, at=at)
        assert found is not None
        assert isinstance(found.id, int)
        assert queries.name_of(session, found.key) == "街道系统"
        actions.revoke_token(session, found.id, actor=OPERATOR, at=at)

    with db.read(district) as session:
        assert find_token_actor(session, secret=secret, at=at) is None


def test_failures_lock_one_place_only_for_a_while(district: Engine, at: datetime) -> None:
    with db.write(district) as session:
        for _ in range(10):
            actions.note_failure(session, login="a1", source="10.0.0.1", at=at)

    with db.read(district) as session:
        here = queries.count_failures(session, login="a1", source="10.0.0.1", at=at)
        there = queries.count_failures(session, login="a1", source="10.0.0.2", at=at)
        later = queries.count_failures(
            session, login="a1", source="10.0.0.1", at=at + timedelta(minutes=16)
        )
    assert [is_locked(count) for count in (here, there, later)] == [True, False, False]


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaa", "my-login-990106", "Password2026!"])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_password(weak, login="990106")


def test_an_unknown_user_is_never_right() -> None:
    assert not is_right(None, "nobody")
