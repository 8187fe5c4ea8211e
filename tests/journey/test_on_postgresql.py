"""The whole story on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from tests.fixtures.nursery import Nursery
from tests.fixtures.prefect_homes import PrefectHomes
from tests.journey.house import House
from tests.journey.story import tell


def test_one_number_from_the_plan_to_the_district_and_back(
    browser: Browser,
    nursery: Nursery,
    prefect_homes: PrefectHomes,
    empty_database: Callable[[str], str],
    tmp_path: Path,
    root: Path,
) -> None:
    house = House(tmp_path / "data", empty_database("postgresql"), nursery, prefect_homes)

    counted = tell(house, browser, root / "examples" / "linjiang")

    assert sum(counted.values()) == 29
