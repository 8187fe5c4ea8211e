"""The still life of the roll-up, played once and copied for each test."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.fixtures.databases import World
from tests.rollups.played import play
from tests.rollups.year import Year


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """The played year, for whoever asks for it."""
    return play if "year" in request.fixturenames else None


@pytest.fixture
def year(engine: Engine, made: Year) -> Year:
    """A year of seven units with something of everything, folded."""
    return made.over(engine)
