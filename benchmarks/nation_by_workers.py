"""A drafted nation sent down by workers, and counted: what is missing, what does not add up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from benchmarks.whole_launch import count_rows
from benchmarks.workers import launch_by_workers
from shuangyong_core import db
from shuangyong_core.assignments.queries.launching import (
    count_missing,
    launched_targets,
    unfinished_targets,
)
from shuangyong_core.plans.models import Plan

BROKEN = """
    SELECT count(*), count(*) FILTER (WHERE held <> own + below) FROM (
        SELECT q.held, q.own, COALESCE(c.below, 0) AS below
        FROM quota q LEFT JOIN (
            SELECT n.parent, k.target, SUM(k.held) AS below
            FROM quota k JOIN node n ON n.unit = k.unit
                AND n.tree = 'responsibility' AND n.to_edition IS NULL
            WHERE k.valid_to IS NULL GROUP BY n.parent, k.target
        ) c ON c.parent = q.unit AND c.target = q.target
        WHERE q.valid_to IS NULL
    ) held"""


def send_down(folder: Path, url: str, drafted: dict[str, Any], *, workers: int) -> dict[str, Any]:
    """This function will give what was measured of the draft, and of the launch that follows."""
    done = launch_by_workers(folder, url, drafted["plan"], workers=workers)
    engine = db.make_engine(url)
    found = {
        **drafted,
        "seconds": drafted["seconds"] | {"launch": done["launch"]},
        "rows": count_rows(engine),
        "peak MB": max(drafted["peak MB"], done["launcher MB"], done["branch MB"]),
        "processor": drafted["processor"] + done["processor"],
        "by workers": done,
        "draft MB": drafted["peak MB"],
        "checks": _check(engine, drafted["plan"]),
    }
    engine.dispose()
    return found


def worker_lines(one: dict[str, Any]) -> Iterator[str]:
    """This function will say who did what, and whether all of it is there."""
    did = one["by workers"]
    yield f"its branches: {dict(did['ends'])}"
    yield (
        f"runs per worker: {did['runs per worker']}; branches that the launch sent down itself,"
        f" aim 0: {did['by the launcher']}"
    )
    yield (
        f"most memory, MB: import and draft {one['draft MB']}, the launch {did['launcher MB']},"
        f" a branch {did['branch MB']}, a worker {did['worker MB']}"
    )
    yield from one["checks"]
    yield "rows: " + ", ".join(f"{name} {count:,}" for name, count in one["rows"].items())
    yield f"load average at the end: {', '.join(f'{load:.1f}' for load in os.getloadavg())}"


def _check(engine: Engine, plan_id: int) -> list[str]:
    with db.read(engine) as session:
        plan = session.get_one(Plan, plan_id)
        targets = launched_targets(session, plan)
        unfinished = unfinished_targets(session, plan)
        missing = count_missing(session, plan, list(targets))
        session.execute(text("SET LOCAL work_mem = '256MB'"))
        held, broken = session.execute(text(BROKEN)).one()
    return [
        f"targets down: {len(targets) - len(unfinished)} of {len(targets)}; missing:"
        f" {missing.assignments} assignments, {missing.due_items} due items",
        f"of {held:,} quotas in force {broken} are not their own part and their children's",
    ]
