"""What was read in a read transaction is still readable after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts.actions import add_user
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.models import User


def test_a_row_that_was_read_stays_readable(engine: Engine, at: datetime) -> None:
    operator = Actor("operator", "office", "双拥办")
    with db.write(engine) as session:
        add_user(session, "clerk", name="望江社区联络员", actor=operator, at=at)

    with db.read(engine) as session:
        user = session.scalars(select(User)).one()

    assert user.login == "clerk"
