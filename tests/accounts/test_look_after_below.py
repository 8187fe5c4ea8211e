"""Passwords and posts are given from above, strictly below one's own level, never beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts import actions, queries
from shuangyong_core.accounts.actions.renewing import PasswordJustSet
from shuangyong_core.accounts.actions.users import LoginTaken, MayNotManageUsers
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.models import UserGrant
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.accounts.queries import AccountHoldsMore, UserNotFound
from shuangyong_core.accounts.rules import NameHoldsHarm
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.marks.models import Step
from shuangyong_core.units.models import Post
from shuangyong_core.units.queries import UnitNotFound
from tests.accounts.conftest import PASSWORD, ActorOf

MAY = [("office", "a1"), ("office", "a11"), ("a1", "a11"), ("a1r", "a11"), ("sec", "office")]
MAY_NOT = [
    ("a1", "a21", UserNotFound),  # another street's
    ("a1", "a2", UserNotFound),  # beside
    ("a1", "a1r", UserNotFound),  # one's own level
    ("a1", "office", UserNotFound),  # above
    ("a1", "sec", UserNotFound),
    ("a1", "nobody", UserNotFound),
    ("a11", "a11", UserNotFound),  # looks after nobody
    ("a1", "both", AccountHoldsMore),  # also stands at the street
]


def test_a_superior_resets_those_below(people: Engine, actor_of: ActorOf, at: datetime) -> None:
    for who, whom in MAY:
        with db.write(people) as session:
            drawn = actions.reset_password(session, whom, actor=actor_of(who), at=at)

        with db.read(people) as session:
            user = queries.get_user(session, whom)
        assert is_right(user.password_hash, drawn), (who, whom)
        assert user.must_change
        assert user.one_time_until == at + timedelta(days=90)


def test_nobody_resets_beside_or_above(people: Engine, actor_of: ActorOf, at: datetime) -> None:
    for who, whom, refused in MAY_NOT:
        with db.write(people) as session, pytest.raises(refused):
            actions.reset_password(session, whom, actor=actor_of(who), at=at)


@pytest.mark.databases("sqlite")
def test_a_second_password_is_not_drawn_from_a_page_opened_before_the_first(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    actor, later = actor_of("a1"), at + timedelta(minutes=1)
    with db.write(people) as session:
        actions.reset_password(session, "a11", seen=at, actor=actor, at=later)

    with db.write(people) as session, pytest.raises(PasswordJustSet):
        actions.reset_password(session, "a11", seen=at, actor=actor, at=later)


def test_the_next_person_takes_the_account_over(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    actor, later = actor_of("a1"), at + timedelta(days=3)
    with db.write(people) as session:
        opened = actions.open_session(session, queries.get_user(session, "a11"), at=later)

    with db.write(people) as session:
        given = actions.hand_over(session, "A11", "a11", actor=actor, at=later)

    with db.read(people) as session:
        user = queries.get_user(session, "a11")
        grants = session.scalars(
            select(UserGrant).where(UserGrant.user == user.id).order_by(UserGrant.id)
        ).all()
        post = session.scalars(select(Post)).one()
        steps = session.scalars(select(Step.to_status).where(Step.subject_kind == "user")).all()
        logged_in = queries.find_logged_in(session, secret=opened.secret, at=later)
        told = session.scalars(select(AuditEntry.detail)).all()
    assert is_right(user.password_hash, given.password)
    assert not is_right(user.password_hash, PASSWORD)
    assert [(g.valid_from, g.valid_to, g.post) for g in grants] == [
        (at, later, None),
        (later, None, post.id),
    ]
    assert (post.kind, steps, logged_in) == ("liaison", ["handed_over"], None)
    assert given.password not in str(told)


def test_another_account_takes_the_place_of_the_old_one(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    actor = actor_of("a1")

    with db.write(people) as session:
        given = actions.hand_over(
            session, "A11", "a11", new_login="a11-2", actor=actor, at=at + timedelta(days=1)
        )

    with db.read(people) as session:
        assert queries.find_user(session, "a11") is None
        fresh = queries.find_user(session, "a11-2")
    assert fresh is not None
    assert is_right(fresh.password_hash, given.password)
    roles = [grant.role for grant in actor_of("a11-2", at + timedelta(days=2)).grants]
    assert roles == [Role.REPORTER]


@pytest.mark.databases("sqlite")
def test_a_post_is_not_handed_over_from_beside(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    with db.write(people) as session:
        for who, unit, login, refused in (
            ("a2", "A11", "a11", UnitNotFound),
            ("a1", "A1", "a1r", UnitNotFound),
            ("a1", "A12", "a11", UserNotFound),
            ("a11", "A11", "a11", UnitNotFound),
        ):
            with pytest.raises(refused):
                actions.hand_over(session, unit, login, actor=actor_of(who), at=at)
        with pytest.raises(LoginTaken):
            actions.hand_over(session, "A11", "a11", new_login="a21", actor=actor_of("a1"), at=at)
        with pytest.raises(NameHoldsHarm):
            actions.hand_over(
                session, "A11", "a11", name="13000000000", actor=actor_of("a1"), at=at
            )


@pytest.mark.databases("sqlite")
def test_a_unit_without_an_account_is_given_one(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    words = {"name": "西社区联络员", "roles": [Role.REPORTER], "at": at}

    with db.write(people) as session:
        given = actions.open_account(session, "A12", "A12", actor=actor_of("a1"), **words)
        with pytest.raises(UnitNotFound):
            actions.open_account(session, "A21", "A21-2", actor=actor_of("a1"), **words)

    assert given.login == "A12"
    assert [grant.role for grant in actor_of("A12").grants] == [Role.REPORTER]


@pytest.mark.databases("sqlite")
def test_the_system_administrator_gives_no_passwords(people: Engine, at: datetime) -> None:
    with db.write(people) as session:
        actions.add_user(session, "sys", name="系统", administrator=Role.SYSTEM_ADMIN,
                         actor=queries.get_user_actor(session, "sec", at=at), at=at)  # fmt: skip
        system = queries.get_user_actor(session, "sys", at=at)

        with pytest.raises(MayNotManageUsers):
            actions.reset_password(session, "a11", actor=system, at=at)
