"""Accounts from a list, the units without one, and a renamed unit: the same on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actions import rename_below
from shuangyong_core.accounts.actions.import_accounts import (
    ListChanged,
    fresh_accounts,
    import_accounts,
)
from shuangyong_core.accounts.actions.users import MayNotManageUsers
from shuangyong_core.accounts.passwords import draw_one_time_passwords, is_right
from shuangyong_core.accounts.queries import get_user, units_looked_after
from shuangyong_core.accounts.queries.people import (
    count_lacking,
    count_of,
    list_lacking,
    list_people,
    units_listed,
)
from shuangyong_core.accounts.reading import read_accounts
from shuangyong_core.units.names import list_former_names, names_at
from shuangyong_core.units.queries import get_unit
from tests.accounts.conftest import OPERATOR, ActorOf

LIST = """单位编码,单位,岗位/称呼,账号,角色,负责人类别
A12,西社区,西社区联络员,,填报,联络员
A2,,甲二街道分管领导,,查看,分管领导
A11,,东社区联络员,a11,填报,
"""


def test_a_list_comes_in_once_and_fills_what_was_missing(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    office, listed = actor_of("office"), read_accounts(LIST.encode(), "p.csv")
    with db.read(people) as session:
        below = units_looked_after(office)
        before = [each.code for each in list_lacking(session, below, at=at)]
        fresh = fresh_accounts(session, listed, actor=OPERATOR)
    drawn = draw_one_time_passwords(len(fresh))
    hashes = {each.login: hashed for each, (_, hashed) in zip(fresh, drawn, strict=True)}

    with db.write(people) as session:
        done = import_accounts(session, listed, hashes=hashes, actor=OPERATOR, at=at)
        again = import_accounts(session, listed, hashes={}, actor=OPERATOR, at=at)

    assert (done.new, done.same, again.new, again.same) == (2, 1, 0, 3)
    assert before == ["A12"]
    with db.read(people) as session:
        assert is_right(get_user(session, "A12").password_hash, drawn[0][0])
        assert count_lacking(session, below, at=at) == 0
        children = units_listed(office, parent=get_unit(session, "A").id, search="", at=at)
        a1, a2 = list_people(session, children, at=at, limit=10)
        found = units_listed(office, parent=None, search="A2-fg", at=at)
        assert count_of(session, found) == 1
    assert [(each.login, each.is_liaison) for each in a1.accounts] == [
        ("a1", True), ("a1r", False), ("both", False),
    ]  # fmt: skip
    assert [each.posts for each in a2.accounts] == [(), ("leader_in_charge",)]
    assert a2.accounts[1].one_time_until == at + timedelta(days=90)


@pytest.mark.databases("sqlite")
def test_an_import_is_the_administrators_and_of_one_piece(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    listed = read_accounts(LIST.encode(), "p.csv")

    with db.write(people) as session:
        with pytest.raises(MayNotManageUsers):
            import_accounts(session, listed, hashes={}, actor=actor_of("office"), at=at)
        with pytest.raises(ListChanged):
            import_accounts(session, listed, hashes={"A12": "x"}, actor=OPERATOR, at=at)


def test_a_renamed_unit_takes_its_posts_along(
    people: Engine, actor_of: ActorOf, at: datetime
) -> None:
    days = [at + timedelta(days=n) for n in range(5)]
    street = actor_of("a1")

    with db.write(people) as session:
        assert rename_below(session, "A11", name="东新社区", actor=street, at=days[1])
        assert not rename_below(session, "A11", name="东新社区", actor=street, at=days[2])
        assert rename_below(session, "A11", name="东三社区", actor=street, at=days[3])

    with db.read(people) as session:
        unit = get_unit(session, "A11").id
        bore = [names_at(session, [unit], at=day)[unit] for day in days]
        former = [name for name, _ in list_former_names(session, unit)]
        names = [get_user(session, login).name for login in ("a11", "both")]
    assert bore == ["东社区", "东新社区", "东新社区", "东三社区", "东三社区"]
    assert former == ["东新社区", "东社区"]
    assert names == ["东三社区联络员", "街道兼社区"]
