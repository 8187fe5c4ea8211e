"""The page back: the roll-up's own numbers, for many units at once; bands that single out none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.plans.models import Node, Plan
from shuangyong_core.plans.queries import get_round
from shuangyong_core.rollups import queries
from shuangyong_core.rollups.queries.round_back import BackPage, round_back
from shuangyong_core.rollups.rules.bands import Band
from tests.rollups.played import TODAY, fold, play
from tests.rollups.year import Year

EVERYONE = select(Node.unit).where(Node.plan == 1, Node.tree == "responsibility")
FLAT = [None, *([1] * 8)]  # eight of a kind under one; six of them are asked for target 1 in R1
ASKED = {3: 1, 4: 5, 5: 5, 7: 6, 8: 6, 9: 9}


@pytest.fixture(params=["sqlite", "postgresql"])
def some_database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """An empty database of each kind."""
    return new_database(request.param)


@pytest.fixture
def some_engine(some_database: str) -> Iterator[Engine]:
    """An engine on it."""
    engine = db.make_engine(some_database)
    yield engine
    engine.dispose()


def back(engine: Engine, round_: str, *, today: date = TODAY) -> dict[int, BackPage]:
    """This function will give every unit's page, by unit."""
    with db.read(engine) as session:
        plan = session.get_one(Plan, 1)
        found = get_round(session, 1, round_)
        return {
            page.unit.id: page for page in round_back(session, plan, found, EVERYONE, today=today)
        }


def test_every_number_is_the_one_that_progress_shows(some_engine: Engine) -> None:
    play(some_engine)

    pages = back(some_engine, "R1")

    with db.read(some_engine) as session:
        total = {line.target.id: line for line in queries.show(session, 1, 1, today=TODAY, round=1)}
        for unit, page in pages.items():
            shown = queries.show(session, 1, unit, today=TODAY, round=1)
            lines = {line.target.id: line for line in shown}
            assert page.rows
            for row in page.rows:
                assert row.own == lines[row.target.id].value
                assert row.tally.accepted == lines[row.target.id].tally.accepted
                assert row.total == total[row.target.id].value
                assert row.band is None  # at most two of a kind are beside each other here
    assert set(pages) == set(range(1, 8))


def test_bands_are_drawn_among_six_and_only_of_what_is_accepted(some_engine: Engine) -> None:
    year = Year(some_engine, FLAT)
    for unit, number in ASKED.items():
        year.submit(unit, 1, {1: number, 6: 20600})
        if unit != 9:
            year.accept(unit, 1)
    fold(some_engine)

    five = bands(back(some_engine, "R1"), 1)
    year.accept(9, 1)
    fold(some_engine)
    six = back(some_engine, "R1")

    near = Band.NEAR
    assert five == [Band.BELOW, near, near, near, near, None]
    assert bands(six, 1) == [Band.BELOW, near, near, near, near, Band.ABOVE]
    assert set(bands(six, 6)) == {None}  # a date is not compared


def bands(pages: dict[int, BackPage], target: int) -> list[Band | None]:
    """This function will give the bands of those who are asked for a target, by unit."""
    rows = [row for unit in ASKED for row in pages[unit].rows]
    return [row.band for row in rows if row.target.id == target]


def test_a_group_of_four_has_no_bands(some_engine: Engine) -> None:
    year = Year(some_engine, FLAT[:7])
    for unit in (3, 4, 5, 7):
        year.submit(unit, 1, {1: unit})
        year.accept(unit, 1)
    fold(some_engine)

    pages = back(some_engine, "R1")

    assert {row.band for page in pages.values() for row in page.rows} == {None}
