"""The street every test of this part plays in, on each kind of database."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine

from tests.reports.place import Street, build_street


@pytest.fixture
def street(engine: Engine, at: datetime) -> Street:
    """A street with its people, one round open, nothing reported."""
    return build_street(engine, at)
