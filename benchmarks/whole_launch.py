"""Units in, a plan of 24 targets drafted and launched branch by branch, in this one process.

    python -m benchmarks.whole_launch UNITS.csv DATABASE-URL ISSUER [draft]

With `draft` it stops there. It prints what each part took as JSON, with the most memory this
process ever held.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from benchmarks.cascade_plan import plan_yaml
from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.actions.launch import (
    cascade_branch,
    finish_launch,
    list_pending,
    prepare_launch,
)
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units

AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
TARGETS = 24
KINDS = ["street", "community"]
TABLES = ("unit", "assignment", "quota", "due_item", "mark")


def main() -> None:
    """This function will carry the file of units to a launched plan."""
    units, url, issuer = sys.argv[1:4]
    only_draft = sys.argv[4:] == ["draft"]
    engine = db.make_engine(url)
    migrations.upgrade(engine)
    began = time.process_time()
    took: dict[str, float] = {}
    with_clock(took, "import", lambda: _import(engine, Path(units)))
    plan_id = 0

    def draft() -> None:
        nonlocal plan_id
        plan_id = _draft(engine, issuer)

    with_clock(took, "plan", draft)
    if not only_draft:
        with_clock(took, "prepare", lambda: _prepare(engine, plan_id))
        with_clock(took, "branches", lambda: _send_down(engine, plan_id))
        with_clock(took, "finish", lambda: _finish(engine, plan_id))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    worked = round(time.process_time() - began, 1)
    found = {"seconds": took, "rows": count_rows(engine), "plan": plan_id}
    print(json.dumps({**found, "peak MB": peak, "processor": worked}))


def count_rows(engine: Engine) -> dict[str, int]:
    """This function will count what a launch writes."""
    with db.read(engine) as session:
        return {name: session.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in TABLES}


def with_clock(took: dict[str, float], name: str, act: object) -> None:
    """This function will note the seconds of an act."""
    began = time.perf_counter()
    act()  # type: ignore[operator]
    took[name] = round(time.perf_counter() - began, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {took[name]} s, most {peak} MB", file=sys.stderr, flush=True)


def _import(engine: Engine, units: Path) -> None:
    listed = read_units(units.read_bytes(), units.name)
    with db.write(engine) as session:
        import_units(session, listed, actor=SYSTEM.key, at=AT)


def _draft(engine: Engine, issuer: str) -> int:
    text_ = plan_yaml("bench", issuer, targets=TARGETS, reported_by=KINDS, total=1_000_000)
    with db.write(engine) as session:
        return import_plan(session, read_plan(text_), actor=SYSTEM, at=AT).id


def _prepare(engine: Engine, plan_id: int) -> None:
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        prepare_launch(session, plan, targets=None, at=AT, actor=SYSTEM)


def _send_down(engine: Engine, plan_id: int) -> None:
    with db.read(engine) as session:
        branches = list_branches(session, session.get_one(Plan, plan_id))
    for branch in branches:
        with db.read(engine) as session:
            plan = session.get_one(Plan, plan_id)
            pending = list_pending(session, plan, branch=branch.unit)
        for targets in pending:
            with db.write(engine) as session:
                plan = session.get_one(Plan, plan_id)
                cascade_branch(session, plan, branch=branch.unit, targets=targets)


def _finish(engine: Engine, plan_id: int) -> None:
    with db.write(engine) as session:
        finish_launch(session, session.get_one(Plan, plan_id), at=AT, actor=SYSTEM)


if __name__ == "__main__":
    main()
