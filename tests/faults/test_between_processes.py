"""Turns between processes, and the process beside the server: nobody starves, nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shuangyong_core import db
from shuangyong_core.serving import child
from shuangyong_core.serving.child import Child
from shuangyong_core.settings import Settings
from shuangyong_core.turns import Turns, file_of
from tests.faults.lively import LIVELY, is_alive, until
from tests.fixtures.nursery import Nursery
from tests.fixtures.prefect_homes import PrefectHomes
from tests.journey.house import House

# Takes one turn after another and keeps each for a moment.
BUSY = """
import sys, time
from pathlib import Path
from shuangyong_core.turns import Turns
turns, held = Turns(Path(sys.argv[1])), float(sys.argv[2])
while True:
    with turns.mine(patience=60):
        Path(sys.argv[1]).touch()
        time.sleep(held)
"""


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Callable[[float], subprocess.Popen[bytes]]]:
    """Another process that has its turn already and wants nothing but turns."""
    started: list[subprocess.Popen[bytes]] = []

    def start(held: float) -> subprocess.Popen[bytes]:
        file = tmp_path / "shuangyong.db"
        started.append(subprocess.Popen([sys.executable, "-c", BUSY, str(file), str(held)]))
        assert until(file.exists)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_busy_process_lets_every_other_have_its_turn(
    tmp_path: Path, busy: Callable[[float], subprocess.Popen[bytes]]
) -> None:
    busy(0.02)
    ours, began = Turns(tmp_path / "shuangyong.db"), time.monotonic()

    for _ in range(10):
        with ours.mine(patience=60):
            pass

    # Each waits for the turn under way, not for a lucky moment.
    assert time.monotonic() - began < 2


def test_a_killed_process_gives_its_turn_back_and_patience_ends(
    tmp_path: Path, busy: Callable[[float], subprocess.Popen[bytes]]
) -> None:
    holder, file = busy(60), tmp_path / "shuangyong.db"
    began = time.monotonic()
    with Turns(file).mine(patience=0.1):
        assert 0.1 <= time.monotonic() - began < 2

    holder.kill()

    for turns in (Turns(file), Turns(file)):
        with turns.mine(patience=60):
            assert time.monotonic() - began < 5


def test_a_database_in_memory_has_no_turns_with_others() -> None:
    assert file_of(db.make_engine("sqlite://").url.database) is None
    assert file_of(db.make_engine("sqlite:///a/b.db").url.database) == Path("a/b.db").resolve()


def test_the_process_beside_begins_again_when_it_dies_and_ends_when_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(child, "PAUSE", 0.01)
    beside = Child(LIVELY, Settings(data=tmp_path))
    beside.start()
    assert until(lambda: len(_born(tmp_path)) == 1)

    os.kill(_born(tmp_path)[0], signal.SIGKILL)
    assert until(lambda: len(_born(tmp_path)) == 2)
    beside.stop()

    assert f"{LIVELY} ended (-9) and begins again" in caplog.text
    assert (tmp_path / "ended").read_text() == str(_born(tmp_path)[1])
    assert not any(is_alive(pid) for pid in _born(tmp_path))


def _born(folder: Path) -> list[int]:
    born = folder / "born"
    return [int(pid) for pid in born.read_text().split()] if born.exists() else []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_fold_and_writer_go_when_the_server_is_killed(
    new_database: Callable[[str], str],
    tmp_path: Path,
    nursery: Nursery,
    prefect_homes: PrefectHomes,
) -> None:
    house = House(tmp_path, new_database("sqlite"), nursery, prefect_homes)
    environment = house.environment(today="2026-07-08")
    server = nursery.start("shuangyong_core.serving", environment=environment)
    assert until(lambda: len(_children(server.pid)) == 2)
    beside = _children(server.pid)

    os.kill(server.pid, signal.SIGKILL)

    assert until(lambda: not any(is_alive(each) for each in beside))
    assert "Traceback" not in server.said("err")


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found
