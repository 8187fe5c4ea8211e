"""What the product counts by itself is kept over what it counted before."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.reports.actions import record_counts
from shuangyong_core.reports.actions.count import Count
from shuangyong_core.reports.models import Counted
from tests.reports.place import Street


def test_a_later_count_replaces_the_one_before(street: Street) -> None:
    later = street.at + timedelta(hours=1)
    with db.write(street.engine) as session:
        record_counts(session, [], at=street.at)
        record_counts(session, [Count(1, 2, 1, 0, 1), Count(1, 5, 1, 0, 1)], at=street.at)
        record_counts(session, [Count(1, 2, 1, 1, 1)], at=later)

    with db.read(street.engine) as session:
        columns = (Counted.unit, Counted.numerator, Counted.at)
        rows = session.execute(select(*columns).order_by(Counted.unit)).all()
    assert rows == [(2, 1, later), (5, 0, street.at)]
