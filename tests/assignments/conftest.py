"""A drafted and a launched year to test the cascade on."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.assignments.year import drafted_year, launched_year
from tests.fixtures.databases import World


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """The year as far as it has come when a test begins."""
    if "launched" in request.fixturenames:
        return launched_year
    return drafted_year if "drafted" in request.fixturenames else None


@pytest.fixture
def drafted(engine: Engine, made: int) -> int:
    """The id of the example plan, drafted."""
    return made


@pytest.fixture
def launched(engine: Engine, made: int) -> int:
    """The id of the example plan, launched."""
    return made
