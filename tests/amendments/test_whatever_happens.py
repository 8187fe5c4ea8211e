"""Whatever happens in a year: splits, reports, requests, amendments, reorganisations in any order.

After every step the totals are kept, the roll-up is what a recount finds, and no open item is
without its one owner. Each act has a day of its own: asked for that day later, the plan is as it
was folded then. A run in which some kind of act never came off does not count as a run.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from shuangyong_core import db
from tests.amendments.small_year import ISSUER, A, B, SmallYear, unit_rows
from tests.amendments.whatever import COMMUNITIES, STREETS, Whatever

# A year is too dear to be tried hundreds of times; the steps that failed are printed as they were.
NO_SHRINK = (Phase.explicit, Phase.generate)
EVERY_KIND = {
    "split", "confirm", "report", "accept", "return", "reopen", "exempt", "suspend", "resume",
    "extend", "amend a goal", "amend a date", "amend rounds", "move", "merge", "rename",
}  # fmt: skip


@pytest.fixture(scope="module")
def launched(new_database: Callable[[str], str]) -> Path:
    """The year as it was sent down, to copy."""
    url = new_database("sqlite")
    engine = db.make_engine(url)
    SmallYear.of(engine).build(unit_rows())
    engine.dispose()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def play(launched: Path, tmp_path: Path) -> type[Whatever]:
    """The machine, on a copy of the year each time; `played` counts what came off."""
    copies = iter(range(10**6))

    class Played(Whatever):
        played: ClassVar[Counter[str]] = Counter()

        def open(self) -> Engine:
            path = tmp_path / f"year-{next(copies)}.db"
            shutil.copy(launched, path)
            return db.make_engine(f"sqlite:///{path}")

    return Played


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_kind_of_act_comes_off_keeps_every_total_and_every_day(
    new_database: Callable[[str], str], kind: str
) -> None:
    class Lived(Whatever):
        played: ClassVar[Counter[str]] = Counter()

        def open(self) -> Engine:
            engine = db.make_engine(new_database(kind))
            SmallYear.of(engine).build(unit_rows())
            return engine

    year, (first, second, third) = Lived(), COMMUNITIES[:3]
    acts: list[Callable[[], None]] = [
        lambda: year.confirm(set(STREETS)),
        lambda: year.split(A, "T1", 5, 0),
        lambda: year.split(ISSUER, "T1", 5, 900),
        lambda: year.report(first, 7, "accept"),
        lambda: year.report(second, 9, "return"),
        lambda: year.report(third, 3, "reopen"),
        lambda: year.exempt(B, "T1"),
        lambda: year.suspend(second, "T2", then=True),
        lambda: year.amend_while_paused(third, keeps=False, day=15),
        lambda: year.extend(second, 9),
        lambda: year.amend_while_paused(second, keeps=True, day=18),
        lambda: year.amend_a_goal(10**12),
        lambda: year.amend_a_date(12),
        lambda: year.move(first, B),
        lambda: year.merge(second, third),
        lambda: year.rename(third, 4),
    ]
    for act in acts:
        act()
        year.nothing_is_lost()
    # The same statements; there a day takes seconds.
    year.every_day_is_as_it_was(*list(year.days)[:: 1 if kind == "sqlite" else 3])
    year.engine.dispose()

    assert set(year.played) == EVERY_KIND


def test_whatever_happens_every_total_is_kept(play: type[Whatever]) -> None:
    few = settings(
        max_examples=5, stateful_step_count=10, deadline=None, derandomize=True, phases=NO_SHRINK,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(play, settings=few)

    assert sum(play.played.values()) > 20, play.played
