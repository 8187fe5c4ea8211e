"""The nation: 665,276 units × 24 targets, in and sent down, on SQLite and on PostgreSQL.

Long, so it runs only by its name: `python -m benchmarks nation`, for some provinces only with
BENCH_PROVINCES=51,11. With BENCH_WORKERS=2 on PostgreSQL the nation is sent down by that many
workers of Prefect. The units are real, from ../shared/data; their bases are made up. PostgreSQL
keeps its promises here: every commit is on the disk.
"""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cascade_plan import some, units_csv
from benchmarks.nation_by_workers import send_down, worker_lines
from tests.fixtures.postgres import PostgresMissing, running_cluster

LONG = True
ROOT = Path(__file__).resolve().parents[1]
PLACES = [folder / "shared" / "data" / "divisions-2023.csv.xz" for folder in ROOT.parents]
NATION = next((place for place in PLACES if place.exists()), PLACES[0])
DISTRICT = units_csv(20, 90)
# As a machine of its own would be set; nothing that a power cut would lose.
DURABLE = "-c max_wal_size=16GB -c checkpoint_timeout=30min -c temp_buffers=64MB -c work_mem=32MB"
WORKERS = int(os.environ.get("BENCH_WORKERS", "0"))


def run() -> list[str]:
    """This function will launch a district and the nation on both databases."""
    if not NATION.exists():
        return [f"skipped: {NATION.name} is not in ../shared/data"]
    with tempfile.TemporaryDirectory(prefix="shuangyong-") as folder:
        district, nation = Path(folder) / "district.csv", Path(folder) / "nation.csv"
        district.write_bytes(DISTRICT)
        _write_nation(nation)
        chosen = os.environ.get("BENCH_DATABASES", ",".join(RUNS)).split(",")
        return [line for name in chosen for line in RUNS[name](district, nation)]


def _on_sqlite(district: Path, nation: Path) -> Iterator[str]:
    urls = [f"sqlite:///{path.with_suffix('.db')}" for path in (district, nation)]
    yield from _compare("SQLite", district, nation, urls)


def _on_postgresql(district: Path, nation: Path) -> Iterator[str]:
    try:
        with running_cluster(memory="4GB", settings=DURABLE) as cluster:
            for name in ("district", "nation"):
                cluster.run(f"CREATE DATABASE {name}")
            urls = [cluster.url(name) for name in ("district", "nation")]
            yield from _compare("PostgreSQL", district, nation, urls)
    except PostgresMissing:
        yield "PostgreSQL is not installed"


def _compare(word: str, district: Path, nation: Path, urls: list[str]) -> Iterator[str]:
    small = _launch(district, urls[0], "990106")
    if WORKERS and word == "PostgreSQL":
        drafted = _launch(nation, urls[1], "00", "draft")
        large = send_down(nation.parent, urls[1], drafted, workers=WORKERS)
        yield from worker_lines(large)
    else:
        large = _launch(nation, urls[1], "00")
    yield from _lines(word, large)
    costs = [_seconds(one) / one["rows"]["unit"] for one in (small, large)]
    yield (
        f"{word}: cost of a unit, in and sent down: {costs[1] * 1000:.2f} ms, the district's"
        f" {costs[0] * 1000:.2f} ms; ratio, aim 1.5: {costs[1] / costs[0]:.2f}"
    )
    worked = [one["processor"] / one["rows"]["unit"] * 1000 for one in (small, large)]
    yield (
        f"{word}: processor of this process for a unit: {worked[1]:.2f} ms, the district's"
        f" {worked[0]:.2f} ms; ratio: {worked[1] / worked[0]:.2f}"
    )


def _lines(word: str, one: dict[str, Any]) -> Iterator[str]:
    took, rows = one["seconds"], one["rows"]
    sent = sum(count for name, count in rows.items() if name != "unit")
    launch = sum(took.values()) - took["import"] - took["plan"]
    yield (
        f"{word}: import of {rows['unit']:,} units: {took['import']:.0f} s,"
        f" {rows['unit'] / took['import']:,.0f} rows/s; the draft of the plan {took['plan']:.0f} s"
    )
    yield (
        f"{word}: launch of {rows['assignment']:,} assignments: {launch:.0f} s,"
        f" {sent / launch:,.0f} rows/s ({sent:,} rows)"
    )
    yield f"{word}: most memory of the process, aim 1024 MB: {one['peak MB']} MB"


def _seconds(one: dict[str, Any]) -> float:
    return float(sum(one["seconds"].values()))


def _launch(units: Path, url: str, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.whole_launch", str(units), url, *words]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(found, file=sys.stderr, flush=True)
    return found


RUNS = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def _write_nation(path: Path) -> None:
    chosen = tuple(code for code in os.environ.get("BENCH_PROVINCES", "").split(",") if code)
    with (
        lzma.open(NATION, "rt", encoding="utf-8") as source,
        path.open("w", encoding="utf-8") as to,
    ):
        to.write(next(source).rstrip("\n") + ",base:households\n")
        for number, line in enumerate(source):
            if not chosen or line.startswith(("00,", *chosen)):
                to.write(f"{line.rstrip()},{some(number)}\n")
