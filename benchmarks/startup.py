"""How long `up --demo` takes to be ready, first and again, and to stop; how fresh a number is."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.freshness import measure

READY = "已就绪"


def run() -> list[str]:
    """This function will start the demo twice in a fresh folder and time both."""
    with tempfile.TemporaryDirectory(prefix="shuangyong-") as folder:
        first, stop, _ = _start(Path(folder))
        second, _, fresh = _start(Path(folder), asks_freshness=True)
    return [
        f"up --demo ready, first (builds the year): {first:6.1f} s",
        f"up --demo ready, second:                  {second:6.1f} s",
        f"Ctrl-C to the last process gone:          {stop:6.1f} s",
        fresh,
    ]


def _start(folder: Path, *, asks_freshness: bool = False) -> tuple[float, float, str]:
    port = _free_port()
    environment = dict(os.environ) | {
        "SHUANGYONG_DATA": str(folder),
        "SHUANGYONG_PREFECT_PORT": str(_free_port()),
    }
    command = [sys.executable, "-m", "shuangyong_core.cli", "up", "--demo"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        ready = _until_ready(process, began)
        fresh = measure(folder, f"http://127.0.0.1:{port}") if asks_freshness else ""
        asked = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        return ready, time.perf_counter() - asked, fresh
    finally:
        if process.poll() is None:
            process.kill()


def _until_ready(process: subprocess.Popen[str], began: float) -> float:
    if process.stdout is None:
        raise RuntimeError("no output to read")
    for line in process.stdout:
        if READY in line:
            return time.perf_counter() - began
    raise RuntimeError(f"up ended before it was ready: {process.wait()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
