"""However often a launch is begun, and wherever it dies, what it leaves is always the same."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.assignments.actions.launch import content
from tests.assignments.killing import (
    DIED,
    Copies,
    branches_of,
    count_commits,
    hash_everything,
    launch_at_once,
    pending,
    prepare,
    send_batch,
    send_down,
)
from tests.assignments.state import broken_sums, count
from tests.assignments.year import draft_year
from tests.fixtures.postgres import Cluster

# A street with three communities, a federation with two unions, and a member unit 直属.
UNITS = """code,name,kind,parent_code,territory_code,base:households,base:beneficiaries
990106,临江区,district,,,,
990106001,甲街道,street,990106,,30,11
990106001001,甲一社区,community,990106001,,17,5
990106001002,甲二社区,community,990106001,,13,7
990106001003,甲三社区,community,990106001,,9,1
990106900,区总工会,union_federation,990106,,,
990106901,甲工会,grassroots_union,990106900,990106001,,
990106902,乙工会,grassroots_union,990106900,990106001,,
990106-CY11,区财政局,member_unit,990106,,,
990106-CY16,区退役军人事务局,member_unit,990106,,,
"""


@dataclass(frozen=True)
class Drafted:
    """A drafted year, copies of it, and what a launch of it gives that nothing disturbs."""

    plan_id: int
    engine: Engine
    to_new_copy: Callable[[], None]
    expected: str
    commits: int

    def launch(self, *, times: int = 1, dies_at: int = 0, is_after: bool = True) -> Sequence[int]:
        """Launches on the copy at hand, in processes; gives how each of them ended."""
        how = {"times": times, "dies_at": dies_at, "is_after": is_after}
        return launch_at_once(self.engine, self.plan_id, **how)

    def state(self) -> str:
        """All that the copy at hand holds."""
        return state_of(self.engine)


@pytest.fixture(scope="module")
def small_batches() -> Iterator[None]:
    """A branch is several transactions, as it is in a plan of the whole nation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "ROWS_IN_A_BATCH", 40)
        yield


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def drafted(
    request: pytest.FixtureRequest,
    small_batches: None,
    tmp_path_factory: pytest.TempPathFactory,
    new_database: Callable[[str], str],
) -> Iterator[Drafted]:
    folder, url = tmp_path_factory.mktemp("killed"), new_database(request.param)
    units = folder / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    engine = db.make_engine(url)
    plan_id = draft_year(engine, units=units)
    engine.dispose()
    copies, numbers = Copies(url), itertools.count(1)

    def to_new_copy() -> None:
        copied = f"killed_{next(numbers)}"
        if request.param == "sqlite":
            copied = str(folder / copied)
            shutil.copy(url.removeprefix("sqlite:///"), copied)
        else:
            cluster: Cluster = request.getfixturevalue("postgres")
            name = url.partition("?")[0].rpartition("/")[2]
            cluster.run(f"CREATE DATABASE {copied} TEMPLATE {name}")
        copies.turn_to(copied)

    to_new_copy()
    yield Drafted(plan_id, copies.engine, to_new_copy, *undisturbed(copies.engine, plan_id))
    copies.engine.dispose()


def undisturbed(engine: Engine, plan_id: int) -> tuple[str, int]:
    """The state after a launch that nothing disturbs, and how many commits it takes."""
    commits = count_commits(engine)
    send_down(engine, plan_id)
    assert count(engine, "assignment") > 50
    return state_of(engine), len(commits)


def state_of(engine: Engine) -> str:
    assert broken_sums(engine) == []
    return hash_everything(engine)


def test_killed_after_any_commit_and_resumed_it_is_as_one_undisturbed(drafted: Drafted) -> None:
    assert drafted.commits >= 7

    for number in range(1, drafted.commits + 1):
        drafted.to_new_copy()
        assert drafted.launch(dies_at=number) == [DIED]

        workers = 2 if number in (1, drafted.commits // 2) else 1
        assert drafted.launch(times=workers) == [0] * workers
        assert drafted.state() == drafted.expected, f"killed after commit {number}"


def test_killed_with_a_transaction_open_it_is_resumed_as_well(drafted: Drafted) -> None:
    drafted.to_new_copy()
    assert drafted.launch(dies_at=drafted.commits // 2, is_after=False) == [DIED]

    assert drafted.launch() == [0]
    assert drafted.state() == drafted.expected


def test_what_is_pending_is_cut_as_it_was_before_a_part_was_sent_down(drafted: Drafted) -> None:
    drafted.to_new_copy()
    prepare(drafted.engine, drafted.plan_id)
    cut_anew = 0

    for branch in branches_of(drafted.engine, drafted.plan_id):
        before = pending(drafted.engine, drafted.plan_id, branch)
        for number, batch in enumerate(before, start=1):
            send_batch(drafted.engine, drafted.plan_id, branch, batch)
            after = pending(drafted.engine, drafted.plan_id, branch)
            assert all(any(set(left) <= set(cut) for cut in before) for left in after)
            assert all(left in after for left in before[number:])
            cut_anew += len(after) > len(before) - number
    assert cut_anew, "no branch had a target its head has no part in"


def test_five_launches_at_once_are_one(drafted: Drafted) -> None:
    drafted.to_new_copy()

    assert drafted.launch(times=5) == [0] * 5
    assert drafted.state() == drafted.expected
