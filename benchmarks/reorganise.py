"""Moving a street of 100 units in a launched plan: the act, the fold after it, what they touch."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, insert, text, update

from benchmarks import district
from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.amendments.actions import reorganise
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.units.models import Kind, Unit, UnitLink

NOW = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
STREETS, COMMUNITIES, UNIONS = 20, 99, 1
LINKS = """SELECT tree, unit, parent FROM node WHERE plan = 1"""


def run() -> list[str]:
    """This function will measure and give lines to print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrations.upgrade(engine)
        district.plant(engine, streets=STREETS, communities=COMMUNITIES, unions=UNIONS)
        try:
            return _moves(engine)
        finally:
            engine.dispose()


def _moves(engine: Engine) -> list[str]:
    with db.write(engine) as session:
        rows = [
            {"tree": tree, "unit": unit, "parent": parent, "valid_from": district.AT.date()}
            for tree, unit, parent in session.execute(text(LINKS))
        ]
        session.execute(insert(UnitLink), rows)
        streets = Unit.id.between(2, STREETS + 1)
        session.execute(update(Unit).where(streets).values(kind=Kind.STREET))
        rollups.rebuild(session, at=NOW)
    acts, folds, touched = [], [], []
    for street in (2, 3, 4):
        acts.append(_move(engine, street, to=5))
        start = time.perf_counter()
        with db.write(engine) as session:
            touched.append(rollups.fold(session, at=NOW).marks)
        folds.append(time.perf_counter() - start)
    units = 1 + COMMUNITIES
    return [
        f"move of a street of {units} units, {len(district.TARGETS)} targets, in a launched plan "
        f"of {STREETS * units:,}: {max(acts):.2f} s the act (aim ≤ 1 s), {max(folds):.2f} s the "
        f"fold after it; {2 * units} nodes and {max(touched):,} marks written, nothing else",
    ]


def _move(engine: Engine, street: int, *, to: int) -> float:
    row = f"划转,990106{street:04},990106{to:04},2026-07-10"
    listed = read_acts(f"调整方式,单位编码,去向编码,生效日期\n{row}".encode(), "move.csv")
    start = time.perf_counter()
    with db.write(engine) as session:
        reorganise(session, listed, actor=SYSTEM, at=NOW)
    return time.perf_counter() - start
