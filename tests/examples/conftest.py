"""The example files, read once."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.examples import recount
from tests.examples.recount import LINJIANG, Plan, Units


@pytest.fixture(scope="session")
def units() -> Units:
    return recount.read_units()


@pytest.fixture(scope="session")
def plan() -> Plan:
    return recount.read_plan()


@pytest.fixture(scope="session")
def duties() -> dict[str, Any]:
    text = (LINJIANG / "duties.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
