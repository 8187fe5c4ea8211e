"""A drafted and a launched year to test the cascade on."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.assignments.year import draft_year, launch
from tests.examples import recount

UNITS = recount.LINJIANG / "units.csv"


@pytest.fixture
def drafted(engine: Engine) -> int:
    """The id of the example plan, drafted."""
    return draft_year(engine, units=UNITS)


@pytest.fixture
def launched(engine: Engine, drafted: int) -> int:
    """The id of the example plan, launched."""
    launch(engine, drafted)
    return drafted
