"""The street and the launched year that these tests play in, on each kind of database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.assignments.year import launched_year
from tests.fixtures.databases import World
from tests.reports.conftest import street
from tests.reports.place import quiet_street

__all__ = ["street"]


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """What a test asks for: the street or the launched year."""
    if "street" in request.fixturenames:
        return quiet_street
    return launched_year if "launched" in request.fixturenames else None


@pytest.fixture
def launched(engine: Engine, made: int) -> int:
    """The id of the example plan, launched."""
    return made
