"""Launching 20 streets × 91 units × 40 targets: rows a second, against a bare INSERT..SELECT.

The database part is the time spent inside the database's driver, commits included. The bare
copy is measured the same way, in the same run, into the same tables with all their indexes, in
as many transactions: one a branch. Freezing the tree of units comes before both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

from benchmarks.bare_copy import TABLES, copy_again, set_aside
from benchmarks.cascade_plan import plan_yaml, units_csv
from benchmarks.driver_time import DriverTime
from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.actions.launch import (
    cascade_branch,
    finish_launch,
    prepare_launch,
)
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.actions import freeze_edition, import_plan
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.fixtures.postgres import PostgresMissing, running_cluster

ROOT = Path(__file__).resolve().parents[1]
STREETS, COMMUNITIES, TARGETS = 20, 90, 40
AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
TIMES = 3
# The flow by itself: what Prefect adds to the same launch called as functions.
FLOW = """
import asyncio, sys, time
from prefect.client.orchestration import get_client
from flows.launch import launch_year

async def main():
    began = time.perf_counter()
    async with get_client() as client:
        await client.hello()
    ready = time.perf_counter()
    await launch_year(int(sys.argv[1]))
    print(ready - began, time.perf_counter() - ready)

asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Round:
    """One launch and two copies of what it wrote, in seconds."""

    rows: int
    launch: float
    whole: float
    same_commits: float
    one_commit: float


def run() -> list[str]:
    """This function will launch and copy several times, and print the medians."""
    with tempfile.TemporaryDirectory(prefix="shuangyong-") as folder:
        files = [f"sqlite:///{folder}/{number}.db" for number in range(TIMES)]
        lines = _lines("SQLite", [_round(url) for url in files])
        flow = _flow(Path(folder) / "flow.db")
    return [*lines, *_on_postgresql(), *flow]


def _on_postgresql() -> list[str]:
    try:
        with running_cluster(memory="512MB") as cluster:
            names = [f"launch_{number}" for number in range(TIMES)]
            for name in names:
                cluster.run(f"CREATE DATABASE {name}")
            return _lines("PostgreSQL", [_round(cluster.url(name)) for name in names])
    except PostgresMissing:
        return ["PostgreSQL is not installed"]


def _lines(word: str, rounds: Sequence[Round]) -> list[str]:
    rows = rounds[0].rows
    launch = median(one.launch for one in rounds)
    same = median(one.same_commits for one in rounds)
    single = median(one.one_commit for one in rounds)
    ratio = median(one.same_commits / one.launch for one in rounds)
    whole = median(one.whole for one in rounds)
    return [
        f"{word}:",
        f"launch, database part:                   {rows / launch:9,.0f} rows/s ({rows} rows)",
        f"bare INSERT..SELECT, same transactions:  {rows / same:9,.0f} rows/s",
        f"ratio, aim 0.5:                          {ratio:9.2f}",
        f"bare INSERT..SELECT, one transaction:    {rows / single:9,.0f} rows/s",
        f"launch, Python included: {whole:.2f} s, the first {rounds[0].whole:.2f} s",
    ]


def _round(url: str) -> Round:
    engine, plan = _draft(url)
    driver = DriverTime(engine)
    began = time.perf_counter()
    _launch(engine, plan)
    whole, launch = time.perf_counter() - began, driver.seconds
    rows = _count(engine)
    parts = set_aside(engine, plan)
    same = copy_again(engine, driver, parts)
    one = copy_again(engine, driver, ["1 = 1"])
    engine.dispose()
    return Round(rows, launch, whole, same, one)


def _draft(url: str) -> tuple[Engine, int]:
    engine = db.make_engine(url)
    migrations.upgrade(engine)
    kinds = ["street", "community"]
    plan = plan_yaml("bench", "990106", targets=TARGETS, reported_by=kinds, total=100_000)
    with db.write(engine) as session:
        units = read_units(units_csv(STREETS, COMMUNITIES), "units.csv")
        import_units(session, units, actor=SYSTEM.key, at=AT)
        drafted = import_plan(session, read_plan(plan), actor=SYSTEM, at=AT)
        freeze_edition(session, drafted, at=AT)
        return engine, drafted.id


def _launch(engine: Engine, plan_id: int) -> None:
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        prepare_launch(session, plan, targets=None, at=AT, actor=SYSTEM)
        branches = list_branches(session, plan)
    for branch in branches:
        with db.write(engine) as session:
            cascade_branch(session, session.get_one(Plan, plan_id), branch=branch.unit)
    with db.write(engine) as session:
        finish_launch(session, session.get_one(Plan, plan_id), at=AT, actor=SYSTEM)


def _count(engine: Engine) -> int:
    with db.read(engine) as session:
        counts = (session.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES)
        return sum(count or 0 for count in counts)


def _flow(path: Path) -> list[str]:
    if find_spec("flows.launch") is None:
        return []
    engine, plan_id = _draft(f"sqlite:///{path}")
    engine.dispose()
    environment = os.environ | {
        "SHUANGYONG_DATABASE_URL": f"sqlite:///{path}",
        "SHUANGYONG_DATA": str(path.parent / "data"),
        "PREFECT_HOME": str(path.parent / "prefect"),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-c", FLOW, str(plan_id)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    server, taken = map(float, done.stdout.split()[-2:])
    return [
        f"launch, the whole flow of {STREETS + 1} branches: {taken:.2f} s"
        f" (a Prefect server of its own takes {server:.1f} s more to start)"
    ]
