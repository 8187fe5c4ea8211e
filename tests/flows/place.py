"""An installation in a folder of its own: a drafted year, its settings, its processes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.cli.app import run as run_command
from shuangyong_core.cli.prefect_parts import environment_of
from shuangyong_core.cli.processes import Group
from shuangyong_core.cli.watching import Look, look_at
from shuangyong_core.settings import Settings
from tests.assignments.year import draft_year
from tests.examples import recount
from tests.fixtures.nursery import Nursery, Process

PLAN = "linjiang-2026"
LAUNCH_DAY = date(2026, 1, 12)
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A data folder with a plan in its database, beside a Prefect server it may use."""

    settings: Settings
    plan_id: int
    nursery: Nursery | None = None

    @cached_property
    def engine(self) -> Engine:
        """Its database."""
        return db.make_engine(self.settings.url)

    @cached_property
    def environment(self) -> dict[str, str]:
        """The surroundings of its processes, those of the product and an absolute PYTHONPATH."""
        return dict(os.environ) | environment_of(self.settings) | {"PYTHONPATH": str(ROOT)}

    def start(self, module: str, *words: str) -> Process:
        """A Python module of ours or of Prefect as a process."""
        assert self.nursery is not None
        return self.nursery.start(module, *words, environment=self.environment)

    def run(self, module: str, *words: str) -> None:
        """The same, to its good end."""
        ended = self.start(module, *words).wait(180)
        assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-4000:]

    def look(self) -> Look:
        """How far its launch is."""
        return look_at(self.engine, self.plan_id)


def draft(folder: Path, url: str, *, streets: int = 13) -> int:
    """A drafted year of the invented district, or of its first streets; gives the plan's id."""
    units = recount.LINJIANG / "units.csv"
    if streets < 13:
        units = folder / "units.csv"
        units.write_text(_fewer(streets), encoding="utf-8")
    engine = db.make_engine(url)
    plan_id = draft_year(engine, units=units)
    engine.dispose()
    return plan_id


def _fewer(streets: int) -> str:
    units = recount.read_units()
    codes = [code for code, unit in units.items() if unit["kind"] == "street"]
    gone = set(codes[streets:])
    for code, unit in units.items():
        if gone & {unit["parent_code"], unit["territory_code"]}:
            gone.add(code)
    lines = (recount.LINJIANG / "units.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(",")[0] not in gone)


def settle(
    folder: Path, drafted: Path, plan_id: int, *, key: Path, port: int, nursery: Nursery
) -> Place:
    """An installation from a drafted database, with the key that opens the Prefect server."""
    shutil.copy(drafted, folder / "shuangyong.db")
    shutil.copy(key, folder / "secret.key")
    (folder / "logs").mkdir()
    return Place(Settings(data=folder, prefect_port=port, today=LAUNCH_DAY), plan_id, nursery)


def until(claim: Callable[[], bool], *, seconds: float = 300) -> bool:
    """Waits until something holds; says whether it came to that."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def processes_with(name: str, value: str) -> list[str]:
    """The processes that have this in their surroundings."""
    mark, found = f"{name}={value}".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@contextmanager
def group() -> Iterator[Group]:
    """Processes that are stopped at the end."""
    made = Group()
    try:
        yield made
    finally:
        made.stop()


def command(place: Place, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """A command of ours at this installation; gives its exit code."""
    for name, value in place.environment.items():
        if name.startswith("SHUANGYONG_"):
            monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        run_command(words)
    return int(ended.value.code or 0)
