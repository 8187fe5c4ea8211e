"""`shuangyong up --demo`: one command opens a whole year, Ctrl-C closes all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from shuangyong_core.cli.processes import free_port, require_free
from tests.flows.place import ROOT, processes_with, until


class Opened:
    """A running `up --demo` and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.ports = free_port(), free_port()
        self.told = folder.with_suffix(".said")
        self._folder = folder
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SHUANGYONG_PREFECT_PORT": str(self.ports[1]),
        }
        command = [sys.executable, "-m", "shuangyong_core", "up", "--demo"]
        command += ["--port", str(self.ports[0]), "--data", str(folder)]
        self.began = time.monotonic()
        with self.told.open("w") as said:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=said, stderr=said
            )

    def is_ready(self) -> bool:
        """Whether it said so; ends the waiting when it has died."""
        assert self.process.poll() is None, self.said()
        return "已就绪" in self.said()

    def said(self) -> str:
        """All it printed."""
        return self.told.read_text(encoding="utf-8")

    def status(self, path: str) -> int:
        """What a page answers."""
        url = f"http://127.0.0.1:{self.ports[0]}{path}"
        return httpx.get(url, timeout=60, trust_env=False).status_code

    def processes(self) -> list[str]:
        """The processes that work for it."""
        return processes_with("SHUANGYONG_PREFECT_PORT", str(self.ports[1]))

    def stop(self, which: signal.Signals) -> float:
        """Stops it and gives how long that took."""
        began = time.monotonic()
        self.process.send_signal(which)
        self.process.wait(120)
        return time.monotonic() - began


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    """Opens the demo year; whatever happens, nothing of it stays."""
    made = Opened(folder)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.terminate()
            made.process.wait(120)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_one_command_opens_the_year_and_ctrl_c_closes_it(tmp_path: Path) -> None:
    folder, took = tmp_path / "data", {}
    # Cut off while it builds, it stops as cleanly, and the next start begins anew.
    with opened(folder) as cut_off:
        assert until(lambda: (folder / "demo.json").exists(), seconds=300), cut_off.said()
        assert cut_off.stop(signal.SIGINT) < 15
        assert cut_off.process.returncode == 0, cut_off.said()
        assert cut_off.processes() == []

    for number, which in enumerate((signal.SIGINT, signal.SIGTERM), start=1):
        with opened(folder) as up:
            assert until(up.is_ready, seconds=400), up.said()
            took[f"start {number}"] = time.monotonic() - up.began
            assert (up.status("/api/v1/health"), up.status("/login")) == (200, 200)
            assert len(up.processes()) == 6

            took[f"stop {number}"] = up.stop(which)

        assert up.process.returncode == 0, up.said()
        assert up.processes() == []
        for port in up.ports:
            require_free(port, part="", setting="")
    print({name: round(seconds, 1) for name, seconds in took.items()})
    assert took["stop 1"] < 15
    assert took["stop 2"] < 15
    assert took["start 2"] < took["start 1"]
    for log in (folder / "logs").iterdir():
        assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")
