"""The office of these tests, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine

from tests.supervision.place import Office, build_office


@pytest.fixture
def office(engine: Engine, at: datetime) -> Office:
    """An office whose plan is under way."""
    return build_office(engine, at)
