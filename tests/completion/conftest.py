"""The street and the launched year that these tests play in, on each kind of database."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine

from tests.assignments.year import draft_year, launch
from tests.examples import recount
from tests.reports.place import Street, build_street


@pytest.fixture
def street(engine: Engine, at: datetime) -> Street:
    """A street with its people, one round open, nothing reported."""
    return build_street(engine, at)


@pytest.fixture
def launched(engine: Engine) -> int:
    """The id of the example plan, launched."""
    plan = draft_year(engine, units=recount.LINJIANG / "units.csv")
    launch(engine, plan)
    return plan
