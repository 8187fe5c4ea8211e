"""Reports over the API at a fixed rate: are they quick, are they all there, each once?

The real server on SQLite with synchronous=FULL in a process of its own, the sender in another;
each report is another community's, with its own token and key, six figures of six kinds, parts
and aliases, checked, audited and marked for the fold, which runs meanwhile.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, text

from benchmarks import storm
from shuangyong_core import db
from shuangyong_core.rollups.actions import verify
from tests.reports.place import DISTRICT, PLAN

RATE, SECONDS, WARM = 300, 60, 5
NUMBER = f"/api/v1/rollups/{PLAN}/{DISTRICT}?target=B03"
TICKS = os.sysconf("SC_CLK_TCK")


def run(*, rate: int = RATE, seconds: int = SECONDS) -> list[str]:
    """This function will warm up, send for a minute, count the rows, and compare."""
    with tempfile.TemporaryDirectory(prefix="shuangyong-") as folder:
        engine = storm.build(f"sqlite:///{Path(folder) / 'shuangyong.db'}")
        bare = _bare(Path(folder) / "bare.db")
        with serving(Path(folder)) as (port, process):
            send(port, 0, WARM * rate, rate)
            before = processor(process.pid)
            watch = Watch(port)
            found = send(port, WARM * rate, seconds * rate, rate)
            used = processor(process.pid) - before
            shown = watch.end()
        lines = _lines(found, rate=rate, used=used, bare=bare)
        lines += _checked(engine, found, total=(WARM + seconds) * rate)
        engine.dispose()
        return [*lines, *_fresh(shown, found, WARM * rate), f"load average: {os.getloadavg()}"]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """This function will run the real server over the folder until it is no longer needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {
        "SHUANGYONG_DATA": str(folder),
        "SHUANGYONG_PORT": str(port),
        "SHUANGYONG_TODAY": storm.TODAY.isoformat(),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "shuangyong_core.serving"],
        env=environment,
        stderr=(folder / "errors").open("wb"),
    )
    try:
        _until_up(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _until_up(port: int) -> None:
    for _ in range(600):
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/v1/health", trust_env=False)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server does not come up")


def send(port: int, first: int, count: int, rate: float) -> dict[str, Any]:
    """This function will send reports from a process of its own and give what it measured."""
    command = [sys.executable, "-m", "benchmarks.arrivals"]
    given = [str(each) for each in (port, first, count, rate)]
    done = subprocess.run([*command, *given], check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def processor(pid: int) -> float:
    """This function will give the processor seconds a process and its children have used."""
    used = 0
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if pid in (int(entry.name), int(fields[1])):
                used += int(fields[11]) + int(fields[12])
    return used / TICKS


class Watch:
    """Looks at the district's number once a second, as somebody in the office would."""

    def __init__(self, port: int) -> None:
        self._seen: list[tuple[float, int, float]] = []
        self._stop = threading.Event()
        head = {"Authorization": f"Bearer {storm.VIEWER}"}
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=head, timeout=60,
                                  trust_env=False)  # fmt: skip
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> list[tuple[float, int, float]]:
        """This method will give each look: when, how many were reported, how long it took."""
        self._stop.set()
        self._thread.join()
        self._http.close()
        return self._seen

    def _run(self) -> None:
        while not self._stop.wait(1.0):
            asked = time.monotonic()
            item = self._http.get(NUMBER).raise_for_status().json()["items"][0]
            self._seen.append((asked, int(item["reported"]), time.monotonic() - asked))


def _bare(path: Path) -> float:
    """Rows a second when each is inserted and committed alone, with nothing else around it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT)")
    began, rows = time.perf_counter(), 0
    while time.perf_counter() - began < 3:
        connection.execute("INSERT INTO kept (body) VALUES (?)", ("x" * 400,))
        rows += 1
    connection.close()
    return rows / (time.perf_counter() - began)


def _lines(found: dict[str, Any], *, rate: int, used: float, bare: float) -> list[str]:
    sent = len(found["latencies"]) + found["unanswered"]
    achieved = len(found["acked"]) / (found["ended"] - found["began"])
    cuts = statistics.quantiles(found["latencies"], n=100)
    p50, p95, p99 = (cuts[n - 1] * 1000 for n in (50, 95, 99))
    errors = {status: n for status, n in found["statuses"].items() if status != "200"}
    return [
        f"planned {rate}/s, acknowledged {achieved:.1f}/s of {sent}; not 200: {errors or 'none'}, "
        f"unanswered: {found['unanswered']}",
        f"from the planned instant: p50 {p50:.0f} ms, p95 {p95:.0f} ms (aim 200), p99 {p99:.0f} ms",
        f"processor: server {used / sent * 1000:.2f} ms a report, the fold and all included; "
        f"sender {found['processor'] / sent * 1000:.2f} ms",
        f"bare insert and commit: {bare:.0f}/s; ratio {achieved / bare:.2f}",
    ]


def _checked(engine: Engine, found: dict[str, Any], *, total: int) -> list[str]:
    with db.read(engine) as session:
        rows = session.execute(text("SELECT idempotency_key, count(*) FROM submission GROUP BY 1"))
        kept = {key: count for key, count in rows}
        counted = [session.scalar(text(f"SELECT count(*) FROM {name}")) or 0
                   for name in ("figure", "audit_entry", "step")]  # fmt: skip
    with db.write(engine) as session:
        unlike = len(verify(session))
    lost = sum(1 for _, number in found["acked"] if f"k{number}" not in kept)
    twice = sum(count - 1 for count in kept.values())
    return [
        f"acknowledged but not there: {lost}; there twice: {twice}; "
        f"rows {len(kept)} of {total}, figures {counted[0]}, audit {counted[1]}, "
        f"steps {counted[2]}",
        f"recount of every number that does not wait for the fold: {unlike} differences",
    ]


def _fresh(shown: list[tuple[float, int, float]], found: dict[str, Any], before: int) -> list[str]:
    acked = [at for at, _ in found["acked"]]
    ages = []
    for asked, reported, _ in shown:
        counted = max(reported - before, 0)
        if counted < bisect_right(acked, asked):
            ages.append(asked - acked[counted])  # the oldest that is not shown yet
    took = sorted(took for _, _, took in shown)
    if not took:
        return []
    return [
        f"the district's number meanwhile: oldest report not shown, median "
        f"{statistics.median(ages or [0.0]):.1f} s, worst {max(ages, default=0.0):.1f} s (aim 2); "
        f"the look took {statistics.median(took) * 1000:.0f} ms, worst {took[-1] * 1000:.0f} ms"
    ]
