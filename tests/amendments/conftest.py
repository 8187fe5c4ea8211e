"""One launched district for each kind of database; every test plays in a transaction it undoes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shuangyong_core import db
from tests.amendments.small_year import SmallYear, play
from tests.amendments.year import confirm_year, report_r2
from tests.assignments.year import draft_year, launch
from tests.examples import recount

Trying = Callable[[], AbstractContextManager[Session]]
KINDS = ("sqlite", "postgresql")


def few_units(folder: Path) -> Path:
    """The units of the example without most of its streets."""
    lines = (recount.LINJIANG / "units.csv").read_text(encoding="utf-8").splitlines()
    left_out = tuple(f"9901060{number:02}" for number in range(3, 14))
    few = folder / "units.csv"
    kept = [line for line in lines if not line.startswith(left_out)]
    few.write_text("\n".join(kept), encoding="utf-8")
    return few


def launched_on(make: Callable[[str], str], kind: str, *, units: Path) -> Engine:
    """A district launched and confirmed, with one community's figures accepted."""
    engine = db.make_engine(make(kind))
    plan = draft_year(engine, units=units)
    launch(engine, plan)
    confirm_year(engine)
    report_r2(engine)
    return engine


@pytest.fixture(scope="module", params=KINDS)
def trying(
    request: pytest.FixtureRequest,
    new_database: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Trying]:
    """Gives a session of a transaction that is undone when the test is over."""
    units = few_units(tmp_path_factory.mktemp("units"))
    engine = launched_on(new_database, request.param, units=units)

    @contextmanager
    def undone() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session, session.begin() as whole:
            yield session
            whole.rollback()

    yield undone
    engine.dispose()


@pytest.fixture(scope="module")
def played(new_database: Callable[[str], str]) -> Path:
    """A year in which some have reported the rounds of spring and of summer, to copy."""
    url = new_database("sqlite")
    play(url)
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def year(played: Path, tmp_path: Path) -> Iterator[SmallYear]:
    """The year, for one test."""
    shutil.copy(played, tmp_path / "year.db")
    engine = db.make_engine(f"sqlite:///{tmp_path / 'year.db'}")
    yield SmallYear.of(engine)
    engine.dispose()
