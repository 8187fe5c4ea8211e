"""Delegation: one's own roles, to the same line, for some days; it ends by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts import actions, queries
from shuangyong_core.accounts.actions.delegating import (
    AlreadyDelegated,
    DelegationNotFound,
    MayNotTake,
    NothingToGive,
)
from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries import UserNotFound
from shuangyong_core.accounts.queries.acted_for import Acted, names_of_acts
from shuangyong_core.accounts.queries.delegations import list_delegations, why_over
from shuangyong_core.accounts.rules import DaysUnusable
from shuangyong_core.clock import at_shanghai
from shuangyong_core.units.queries import get_unit
from tests.accounts.conftest import OPERATOR, ActorOf

FIRST, LAST = date(2026, 7, 27), date(2026, 8, 7)
DURING, OVER = at_shanghai(date(2026, 8, 7), 23, 59), at_shanghai(date(2026, 8, 8), 0)


def hand(people: Engine, actor_of: ActorOf, at: datetime, giver: str, taker: str) -> int:
    actor = actor_of(giver)
    with db.write(people) as session:
        return actions.delegate(session, giver=giver, taker=taker, first_date=FIRST,
                                last_date=LAST, actor=actor, at=at)  # fmt: skip


def test_a_delegation_begins_and_ends_by_itself(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    hand(people, actor_of, at, "a1r", "a1")

    roles = {
        when: {(grant.role, grant.giver) for grant in actor_of("a1", when).grants}
        for when in (at, DURING, OVER)
    }

    giver = actor_of("a1r").key
    own = {(Role.MANAGER, ""), (Role.REPORTER, "")}
    assert roles == {at: own, DURING: own | {(Role.REVIEWER, giver)}, OVER: own}
    with db.read(people) as session:
        taker = queries.get_user(session, "a1").id
        assert why_over(session, taker, at=DURING) is None
        said = why_over(session, taker, at=OVER + timedelta(hours=1))
        assert why_over(session, taker, at=OVER + timedelta(days=2)) is None
        assert [line.number for line in list_delegations(session, at=DURING)] == [1]
        assert list_delegations(session, at=OVER) == []
    assert said is not None
    assert "受“甲一街道审核岗”委托办理的期限到 8月8日 00:00" in said.sentence


def test_a_delegation_is_taken_back_at_once(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    number = hand(people, actor_of, at, "a11", "a1")
    with db.write(people) as session, pytest.raises(DelegationNotFound):
        actions.revoke_delegation(session, number, actor=actor_of("a1"), at=at)

    with db.write(people) as session:
        actor = queries.get_user_actor(session, "a11", at=at)
        actions.revoke_delegation(session, number, actor=actor, at=at + timedelta(days=10))

    assert actor_of("a1", DURING).givers == frozenset()


@pytest.mark.databases("sqlite")
def test_what_cannot_be_delegated_is_refused(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    hand(people, actor_of, at, "a1r", "a1")
    words = {"first_date": FIRST, "last_date": LAST, "at": at}
    with db.write(people) as session:
        for giver, taker, actor, refused in (
            ("a11", "a21", "a11", MayNotTake),  # another street's
            ("a1", "a11", "a1", MayNotTake),  # below
            ("a11", "a11", "a11", MayNotTake),  # oneself
            ("a11", "sec", "a11", MayNotTake),
            ("a11", "a1", "a1", UserNotFound),  # another's roles
            ("a1r", "office", "a1r", AlreadyDelegated),
            ("sec", "office", "sec", NothingToGive),
        ):
            with pytest.raises(refused):
                actions.delegate(session, giver=giver, taker=taker, actor=actor_of(actor), **words)
        for first, last in ((FIRST, FIRST - timedelta(days=1)), (date(2026, 7, 19), LAST),
                            (FIRST, FIRST + timedelta(days=180))):  # fmt: skip
            with pytest.raises(DaysUnusable):
                actions.delegate(session, giver="a11", taker="a1", first_date=first,
                                 last_date=last, actor=OPERATOR, at=at)  # fmt: skip


@pytest.mark.databases("sqlite")
def test_what_was_taken_is_not_handed_on_and_ends_with_the_giver(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    hand(people, actor_of, at, "a1r", "a1")
    with db.write(people) as session:
        actions.delegate(session, giver="a1", taker="office", first_date=FIRST, last_date=LAST,
                         actor=OPERATOR, at=DURING - timedelta(days=11))  # fmt: skip
    assert {g.role for g in actor_of("office", DURING).grants if g.giver} == {
        Role.MANAGER,
        Role.REPORTER,
    }

    with db.write(people) as session:
        actions.disable_user(session, "a1r", actor=OPERATOR, at=DURING)

    assert actor_of("a1", DURING).givers == frozenset()


def test_an_act_by_delegation_is_shown_as_such(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    hand(people, actor_of, at, "a1r", "a1")
    key = actor_of("a1").key
    acts = [
        Acted(key, at, [Role.REVIEWER]),
        Acted(key, DURING, [Role.REVIEWER]),
        Acted(key, DURING, [Role.REPORTER]),
        Acted("system", DURING, [Role.REVIEWER]),
    ]

    with db.read(people) as session:
        unit = get_unit(session, "A11").id
        names = names_of_acts(session, acts, unit=unit)

    assert names == [
        "甲一街道联络员",
        "甲一街道联络员 受 甲一街道审核岗 委托",
        "甲一街道联络员",
        "系统",
    ]
