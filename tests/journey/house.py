"""A running installation for a test: its own folder, its own processes, its commands."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.fixtures.nursery import Nursery
from tests.fixtures.prefect_homes import PrefectHomes

ROOT = Path(__file__).resolve().parents[2]


class CommandRefused(AssertionError):
    """A command of the story ended otherwise than the story says."""


class House:
    """One installation, driven as an operator would: by commands."""

    def __init__(
        self, folder: Path, database_url: str, nursery: Nursery, homes: PrefectHomes
    ) -> None:
        self.folder = folder
        self.database_url = database_url
        self._nursery = nursery
        self._homes = homes
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def environment(self, *, today: str) -> dict[str, str]:
        """The surroundings of a command on a pretend day."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
        return kept | {
            "SHUANGYONG_DATA": str(self.folder),
            "SHUANGYONG_DATABASE_URL": self.database_url,
            "SHUANGYONG_TODAY": today,
            "SHUANGYONG_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *words: str, today: str, given: str | None = None, ends: int = 0) -> str:
        """Runs one command; gives what it printed (on stderr, if it was to be refused)."""
        environment = self.environment(today=today)
        done = self._nursery.start(
            "shuangyong_core.cli", *words, environment=environment, given=given
        ).wait(300)
        if done.returncode != ends:
            raise CommandRefused(f"{words} ended {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout if ends == 0 else done.stderr

    def furnish(self) -> None:
        """Spares the temporary Prefect server its migrations."""
        self._homes.furnish(self.folder)

    def ask(self, *words: str, today: str) -> Any:
        """Runs one reading command and gives its JSON."""
        return json.loads(self.run(*words, "--json", today=today))

    @contextmanager
    def open(self, *, today: str) -> Iterator[None]:
        """Runs the web, the API and the fold while the block lasts."""
        environment = self.environment(today=today)
        process = self._nursery.start("shuangyong_core.serving", environment=environment)
        try:
            wait_for(lambda: httpx.get(f"{self.url}/api/v1/health").status_code == 200, seconds=180)
            yield
        finally:
            process.terminate()
            print(process.wait(120).stderr)


def wait_for(holds: Any, *, seconds: float) -> None:
    """Waits until something holds; an error of the network only means not yet."""
    deadline, fault = time.monotonic() + seconds, ""
    while True:
        try:
            if holds():
                return
        except httpx.HTTPError as heard:
            fault = repr(heard)
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s {fault}")
        time.sleep(0.1)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
