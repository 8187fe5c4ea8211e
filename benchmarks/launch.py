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
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

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
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units

ROOT = Path(__file__).resolve().parents[1]
STREETS, COMMUNITIES, TARGETS = 20, 90, 40
AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
TABLES = ("assignment", "quota", "due_item", "mark")
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
        rounds = [_round(Path(folder) / f"{number}.db") for number in range(TIMES)]
        flow = _flow(Path(folder) / "flow.db")
    rows = rounds[0].rows
    launch = median(one.launch for one in rounds)
    same = median(one.same_commits for one in rounds)
    single = median(one.one_commit for one in rounds)
    ratio = median(one.same_commits / one.launch for one in rounds)
    whole = median(one.whole for one in rounds)
    return [
        f"launch, database part:                   {rows / launch:9,.0f} rows/s ({rows} rows)",
        f"bare INSERT..SELECT, same transactions:  {rows / same:9,.0f} rows/s",
        f"ratio, aim 0.5:                          {ratio:9.2f}",
        f"bare INSERT..SELECT, one transaction:    {rows / single:9,.0f} rows/s",
        f"launch, Python included: {whole:.2f} s, the first {rounds[0].whole:.2f} s",
        *flow,
    ]


def _round(path: Path) -> Round:
    engine, plan = _draft(path)
    driver = DriverTime(engine)
    began = time.perf_counter()
    _launch(engine, plan)
    whole, launch = time.perf_counter() - began, driver.seconds
    rows = _count(engine)
    parts = _set_aside(engine, plan)
    same = _copy(engine, driver, parts)
    one = _copy(engine, driver, ["1 = 1"])
    engine.dispose()
    return Round(rows, launch, whole, same, one)


def _draft(path: Path) -> tuple[Engine, int]:
    engine = db.make_engine(f"sqlite:///{path}")
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


def _set_aside(engine: Engine, plan_id: int) -> list[str]:
    """The rows go into plain tables; gives the condition of each branch's rows."""
    with db.write(engine) as session:
        for name in TABLES:
            session.execute(text(f"CREATE TABLE copy_{name} AS SELECT * FROM {name}"))
            session.execute(text(f"CREATE INDEX by_unit_{name} ON copy_{name} (unit)"))
        plan = session.get_one(Plan, plan_id)
        branches = [one.unit for one in list_branches(session, plan) if not one.is_direct]
        units = [set(session.scalars(subtree_of(plan.id, branch))) for branch in branches]
    inside = ["unit IN (" + ",".join(map(str, sorted(one))) + ")" for one in units]
    taken = ",".join(str(unit) for one in units for unit in sorted(one))
    return [*inside, f"unit NOT IN ({taken})"]


def _copy(engine: Engine, driver: DriverTime, parts: list[str]) -> float:
    """The same rows into the same tables, one transaction a part."""
    with db.write(engine) as session:
        for name in reversed(TABLES):
            session.execute(text(f"DELETE FROM {name}"))
    driver.seconds = 0.0
    for part in parts:
        with db.write(engine) as session:
            for name in TABLES:
                copy = f"INSERT INTO {name} SELECT * FROM copy_{name} WHERE {part}"
                session.execute(text(copy))
    return driver.seconds


def _flow(path: Path) -> list[str]:
    if find_spec("flows.launch") is None:
        return []
    engine, plan_id = _draft(path)
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
