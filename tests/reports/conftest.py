"""The street every test of this part plays in, on each kind of database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from tests.fixtures.databases import World
from tests.reports.place import Street, quiet_street


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """The street, for whoever asks for it."""
    return quiet_street if "street" in request.fixturenames else None


@pytest.fixture
def street(engine: Engine, made: Street) -> Street:
    """A street with its people, one round open, nothing reported."""
    return replace(made, engine=engine)
