"""The roll-up at district size: rebuild and fold against bare statements, and what a page costs."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, text

from benchmarks import district
from shuangyong_core import db, migrations
from shuangyong_core.marks.models import Mark
from shuangyong_core.rollups import actions, queries

NOW = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 7, 20)
# The floor: the same facts grouped once by unit, target and round; no year, no ancestors.
BARE = """
CREATE TEMPORARY TABLE bare AS
SELECT d.unit, d.target, d.round, count(*) n, count(r.id) reported, count(a.no) accepted,
       sum(f.numerator) s, sum(f.denominator) t, max(f.numerator) m, max(s.at) latest
FROM due_item d JOIN target t ON t.id = d.target
LEFT JOIN report r ON r.unit = d.unit AND r.round = d.round
LEFT JOIN acceptance a ON a.report = r.id AND a.revoked_at IS NULL
LEFT JOIN submission s ON s.report = a.report AND s.no = a.no
LEFT JOIN figure f ON f.report = a.report AND f.no = a.no AND f.indicator = t.indicator
WHERE d.valid_to IS NULL GROUP BY d.unit, d.target, d.round
"""
PAGES: dict[str, Callable[[Any], object]] = {
    "show": lambda session: queries.show(session, 1, 1, today=TODAY),
    "matrix": lambda session: queries.matrix(session, 1, 1, today=TODAY),
    "tree": lambda session: queries.tree_counts(session, 1, 1, today=TODAY),
    "strip": lambda session: queries.strip(session, 1, 1, today=TODAY),
    "holders": lambda session: queries.holders_now(session, 1, 1, today=TODAY),
    "trend": lambda session: queries.trend(session, 1, 1),
    "explain": lambda session: queries.explain(session, 1, 1, 1, today=TODAY),
}


def run() -> list[str]:
    """This function will measure and give lines to print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrations.upgrade(engine)
        leaves = district.plant(engine)
        try:
            return _builds(engine, leaves) + [_page(engine, name) for name in PAGES]
        finally:
            engine.dispose()


def _builds(engine: Engine, leaves: list[int]) -> list[str]:
    bare = [_seconds(lambda: _group(engine)) for _ in range(3)]
    rebuilt = [_seconds(lambda: _rebuild(engine)) for _ in range(3)]
    folds = []
    for unit in leaves[:20]:
        _mark(engine, unit)
        folds.append(_seconds(lambda: _fold(engine)))
    floor, whole, one = min(bare), min(rebuilt), statistics.median(folds)
    items = len(leaves) * len(district.TARGETS) * len(district.DUES)
    return [
        f"full rebuild, {items:,} items, rounds and year, 2 trees: {whole:.2f} s, "
        f"{whole / floor:.1f} x one bare GROUP BY of the same facts ({floor:.2f} s), which keeps "
        "no year, no status, no date, nothing over the units and no table with a key",
        f"fold of one accepted report (25 figures): {one * 1000:.0f} ms, p95 "
        f"{_p95(folds) * 1000:.0f} ms, {one / whole:.3f} x the full rebuild",
    ]


def _page(engine: Engine, name: str) -> str:
    times = []
    for _ in range(20):
        with db.read(engine) as session:
            times.append(_seconds(lambda asked=session: PAGES[name](asked)))
    p50, p95 = statistics.median(times) * 1000, _p95(times) * 1000
    return f"{name} of the district: p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def _group(engine: Engine) -> None:
    with db.write(engine) as session:
        session.execute(text(BARE))
        session.execute(text("DROP TABLE bare"))


def _rebuild(engine: Engine) -> None:
    with db.write(engine) as session:
        actions.rebuild(session, at=NOW)


def _mark(engine: Engine, unit: int) -> None:
    rows = [{"unit": unit, "target": target, "round": 2} for target in district.TARGETS]
    with db.write(engine) as session:
        session.execute(insert(Mark), rows)


def _fold(engine: Engine) -> None:
    with db.write(engine) as session:
        actions.fold(session, at=NOW)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
