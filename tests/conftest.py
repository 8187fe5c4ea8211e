"""What every test may ask for; and in CI a skipped test is a failed one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a busy machine would fail it. In CI hypothesis brings a profile of its own.
settings.register_profile("untimed", deadline=None)
settings.load_profile("ci" if os.environ.get("CI", "") not in ("", "0", "false") else "untimed")

pytest_plugins = [
    "tests.fixtures.surroundings",
    "tests.fixtures.databases",
    "tests.fixtures.browser",
    "tests.fixtures.nursery",
    "tests.fixtures.prefect_homes",
]

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this checkout."""
    return ROOT


@pytest.fixture
def at() -> datetime:
    """A quiet instant: 2026-07-20 10:00 in Shanghai."""
    return datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside this checkout, or beside the checkout it branched from."""
    common = subprocess.run(
        ["git", "rev-parse", "--path-format=absolute", "--git-common-dir"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    homes = [ROOT, Path(common).parent] if common else [ROOT]
    for home in homes:
        if (home.parent / "shared" / "data").is_dir():
            return home.parent / "shared" / "data"
    pytest.skip("no folder shared/data beside the checkout")


# The longest files, longest first: begun last, they would run alone at the end. The Prefect servers
# of the journeys and of a launch by command begin with what the first of tests/flows has migrated.
FIRST = (
    "tests/flows/test_flows",
    "tests/flows/test_up",
    "tests/web/test_in_the_browser",
    "tests/journey",
    "tests/flows",
    "tests/web/test_a_",
    "tests/assignments/test_launch",
    "tests/web/test_office",
    "tests/web/test_reach",
    "tests/faults/test_killed",
    "tests/amendments",
    "tests/api",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets what takes longest begin first, so that all workers stay busy to the end."""

    def rank(item: pytest.Item) -> int:
        starts = (place for place, name in enumerate(FIRST) if item.nodeid.startswith(name))
        return next(starts, len(FIRST))

    items.sort(key=rank)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that did not run proves nothing, so CI does not let it pass."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI allows no skip: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself while it is read."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI allows no skip: {report.longrepr}"
    return report
