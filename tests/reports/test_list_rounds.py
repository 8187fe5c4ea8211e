"""A unit's rounds: dates, how many items, where each stands."""

from __future__ import annotations

import pytest

from shuangyong_core import db
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.queries.rounds import list_rounds
from tests.reports.place import COMMUNITY, PLAN, Street


def test_each_round_says_where_it_stands(street: Street) -> None:
    street.send()

    with db.read(street.engine) as session:
        rounds = list_rounds(session, PLAN, COMMUNITY, actor=street.clerk, at=street.at)

    assert [(line.code, line.items, line.status) for line in rounds] == [
        ("R1", 6, None),
        ("R2", 6, "submitted"),
        ("R3", 6, None),
    ]
    assert [(line.is_open, line.is_late) for line in rounds] == [
        (False, True),
        (True, False),
        (False, False),
    ]
    assert rounds[1].submitted_at == street.at


def test_a_unit_elsewhere_is_not_found(street: Street) -> None:
    with db.read(street.engine) as session:
        for plan, unit, actor in (
            (PLAN, COMMUNITY, street.stranger),
            (PLAN, "990199", street.clerk),
            ("linjiang-2027", COMMUNITY, street.clerk),
        ):
            with pytest.raises(NotFound):
                list_rounds(session, plan, unit, actor=actor, at=street.at)
