"""A drafted plan sent down by Prefect's workers: a server, a pool, one deployment run a branch.

The first worker may do two runs at once, the others one: the launch itself takes one of them, so
as many branches go down side by side as there are workers.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from benchmarks.watched import Watched
from shuangyong_core.cli.prefect_parts import environment_of, server_part
from shuangyong_core.cli.processes import Group, Part, free_port, wait_until_healthy
from shuangyong_core.keys import get_key
from shuangyong_core.launching import ask_to_launch, prefect_url, run_ended
from shuangyong_core.launching.surroundings import prefect_password
from shuangyong_core.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 1, 12)
DEPLOY = "--no-prompt deploy --all --prefect-file deployments/prefect.yaml"


def launch_by_workers(folder: Path, url: str, plan_id: int, *, workers: int) -> dict[str, Any]:
    """This function will launch a plan to its end; gives seconds, memory and who did what."""
    with _prefect(folder, url) as (settings, group):
        pids = [_worker(settings, group, folder, 1, limit=2)]
        began = time.perf_counter()
        run = ask_to_launch(settings, plan_id)
        _until(lambda: _state(settings, run) == "RUNNING")
        pids += [_worker(settings, group, folder, n, limit=1) for n in range(2, workers + 1)]
        with Watched(pids) as watched:
            while not run_ended(settings, run):
                time.sleep(1)
        took = round(time.perf_counter() - began, 1)
        if _state(settings, run) != "COMPLETED":
            logs = sorted(folder.glob("*.log"))
            raise RuntimeError("\n".join(log.read_text()[-3000:] for log in logs))
        runs = _ask(
            settings, "/flow_runs/filter", {"flows": {"name": {"any_": ["cascade-branch"]}}}
        )
        counts = Counter(watched.worker_of.get(each["id"], 0) for each in runs)
        return {
            "launch": took,
            "ends": Counter(each["state_name"] for each in runs),
            "by the launcher": sum(1 for each in runs if each["deployment_id"] is None),
            "runs per worker": [counts[pid] for pid in pids],
            "launcher MB": watched.peaks.get(run, 0),
            "branch MB": max((watched.peaks.get(each["id"], 0) for each in runs), default=0),
            "worker MB": max(watched.peaks.get(str(pid), 0) for pid in pids),
            "processor": round(watched.processor, 1),
        }


@contextmanager
def _prefect(folder: Path, url: str) -> Iterator[tuple[Settings, Group]]:
    """A server on loopback in this folder, with the pool and the deployments."""
    get_key(folder)
    settings = Settings(data=folder, database_url=url, prefect_port=free_port(), today=DAY)
    group = Group()
    try:
        server = group.start(server_part(settings, folder))
        health = f"http://127.0.0.1:{settings.prefect_port}/api/health"
        wait_until_healthy(health, part="server", process=server, seconds=180)
        for words in ("work-pool create shuangyong --type process", DEPLOY):
            command = group.start(_part(settings, folder, "pool", words))
            if command.wait(180) != 0:
                raise RuntimeError((folder / "pool.log").read_text(encoding="utf-8"))
            group.forget(command)
        yield settings, group
    finally:
        group.stop()


def _worker(settings: Settings, group: Group, folder: Path, number: int, *, limit: int) -> int:
    words = f"worker start --pool shuangyong --name worker-{number} --limit {limit}"
    return group.start(_part(settings, folder, f"worker-{number}", words)).pid


def _part(settings: Settings, folder: Path, name: str, words: str) -> Part:
    around = dict(os.environ) | environment_of(settings) | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "prefect", *words.split()]
    return Part(name, command, around, (folder / f"{name}.log").open("ab"))


def _until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError("no worker took the launch")
        time.sleep(0.2)


def _state(settings: Settings, run: str) -> str:
    found = _ask(settings, "/flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    return str(found[0]["state_type"])


def _ask(settings: Settings, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    user, _, password = prefect_password(settings).partition(":")
    answer = httpx.post(
        prefect_url(settings) + path, json=body, auth=(user, password), timeout=30, trust_env=False
    )
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found
