"""How long `up --demo` takes to be ready, on an empty folder and again; and to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

READY = "已就绪"


def run() -> list[str]:
    """This function will start the demo twice in a fresh folder and time both."""
    with tempfile.TemporaryDirectory(prefix="shuangyong-") as folder:
        first, stop = _start(Path(folder))
        second, _ = _start(Path(folder))
    return [
        f"up --demo ready, first (builds the year): {first:6.1f} s",
        f"up --demo ready, second:                  {second:6.1f} s",
        f"Ctrl-C to the last process gone:          {stop:6.1f} s",
    ]


def _start(folder: Path) -> tuple[float, float]:
    environment = dict(os.environ) | {
        "SHUANGYONG_DATA": str(folder),
        "SHUANGYONG_PREFECT_PORT": str(_free_port()),
    }
    command = [sys.executable, "-m", "shuangyong_core.cli", "up", "--demo"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(_free_port())],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        ready = _until_ready(process, began)
        asked = time.perf_counter()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        return ready, time.perf_counter() - asked
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
