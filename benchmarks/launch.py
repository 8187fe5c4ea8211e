"""Launching a district of 400 units: rows a second in the database, against a bare INSERT..SELECT.

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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, event, text

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
EXAMPLE = ROOT / "examples" / "linjiang"
REAL = ROOT.parent / "shared" / "data" / "units-510106.csv"
AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
TABLES = ("assignment", "quota", "due_item", "mark")
TIMES = 5


class DriverTime:
    """How long the database's driver worked, by hooks around every statement and commit."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = self._began = 0.0
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)
        commit = engine.dialect.do_commit
        engine.dialect.do_commit = self._timed(commit)  # type: ignore[method-assign]

    def _begin(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _end(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began

    def _timed(self, act: Callable[[object], None]) -> Callable[[object], None]:
        def timed(connection: object) -> None:
            self._begin()
            act(connection)
            self._end()

        return timed


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
    units, issuer = (REAL, "510106") if REAL.exists() else (EXAMPLE / "units.csv", "990106")
    plan = (EXAMPLE / "plan.yaml").read_text(encoding="utf-8").replace("990106", issuer)
    with db.write(engine) as session:
        listed = read_units(units.read_bytes(), units.name)
        import_units(session, listed, actor=SYSTEM.key, at=AT)
        drafted = import_plan(session, read_plan(plan.encode()), actor=SYSTEM, at=AT)
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
    with db.read(engine) as session:
        code = session.get_one(Plan, plan_id).code
    engine.dispose()
    environment = os.environ | {
        "SHUANGYONG_DATABASE_URL": f"sqlite:///{path}",
        "SHUANGYONG_DATA": str(path.parent / "data"),
        "PREFECT_HOME": str(path.parent / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "DO_NOT_TRACK": "1",
    }
    began = time.perf_counter()
    command = [sys.executable, "-m", "flows.launch", code]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    taken = time.perf_counter() - began
    return [f"launch, the whole flow with a Prefect server of its own: {taken:.1f} s"]
