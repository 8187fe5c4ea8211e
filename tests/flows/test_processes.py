"""Several processes as one: stopped in order, nothing left behind, whatever dies is named."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shuangyong_core.cli.processes import (
    DidNotStart,
    Group,
    Part,
    PortTaken,
    free_port,
    require_free,
    wait_until_healthy,
)
from tests.flows.place import ROOT, group, until

# Writes its name when it is told to stop; the child of "stubborn" hears nothing.
PART = """
import pathlib, signal, subprocess, sys, time
name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
def stop(*_):
    with (folder / "stopped").open("a") as file:
        file.write(name + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
if name == "stubborn":
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", deaf])
    (folder / "child").write_text(str(child.pid))
(folder / name).touch()
time.sleep(0.5 if name == "weak" else 600)
"""
PARENT = """
import sys, time
from tests.flows.test_processes import start
from shuangyong_core.cli.processes import Group
from pathlib import Path
start(Group(), Path(sys.argv[1]), "first", "second")
time.sleep(600)
"""


def start(parts: Group, folder: Path, *names: str) -> list[subprocess.Popen[bytes]]:
    """Starts small parts and waits until each is listening to signals."""
    made = [parts.start(Part(name, [sys.executable, "-c", PART, name, str(folder)], {}))
            for name in names]  # fmt: skip
    assert until(lambda: all((folder / name).exists() for name in names), seconds=120)
    return made


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be counted does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_the_last_started_stops_first_and_leaves_no_child(tmp_path: Path) -> None:
    with group() as parts:
        processes = start(parts, tmp_path, "first", "stubborn", "third")
    child = int((tmp_path / "child").read_text())

    assert (tmp_path / "stopped").read_text().split() == ["third", "stubborn", "first"]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert until(lambda: not is_alive(child), seconds=120)


def test_a_part_that_dies_is_named(tmp_path: Path) -> None:
    with group() as parts:
        start(parts, tmp_path, "first", "weak")

        assert parts.wait() == "weak"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_parts_go_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert until((tmp_path / "second").exists, seconds=120)

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    both = tmp_path / "stopped"
    assert until(lambda: both.exists() and len(both.read_text().split()) == 2, seconds=60)


def test_what_does_not_come_up_is_said_at_once() -> None:
    with group() as parts:
        ended = parts.start(Part("web", [sys.executable, "-c", "raise SystemExit(3)"], {}))
        silent = parts.start(
            Part("slow", [sys.executable, "-c", "import time; time.sleep(60)"], {})
        )
        nowhere, began = f"http://127.0.0.1:{free_port()}/", time.monotonic()

        with pytest.raises(DidNotStart, match="web没有启动成功：退出码 3"):
            wait_until_healthy(nowhere, part="web", process=ended)
        with pytest.raises(DidNotStart, match=r"等了 0\.5 秒，没有应答（ConnectError）"):
            wait_until_healthy(nowhere, part="slow", process=silent, seconds=0.5)
        assert time.monotonic() - began < 30


def test_a_port_of_somebody_else_is_not_taken_for_ours() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"端口 {port} 已被别的程序占用"):
            require_free(port, part="网页", setting="--port")
    require_free(port, part="网页", setting="--port")
