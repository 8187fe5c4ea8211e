"""Several processes as one: started together, watched, and stopped in order on Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

import httpx

from shuangyong_core.errors import Refused

PR_SET_PDEATHSIG = 1


class DidNotStart(Refused):
    """A part did not come up; its last lines tell why."""

    message = "{part}没有启动成功：{why}"
    code = "did_not_start"


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the group: its name, its command, its surroundings, where its output goes."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    output: IO[bytes] | None = None


class Group:
    """The running parts, in the order they were started."""

    def __init__(self) -> None:
        self._running: list[tuple[Part, subprocess.Popen[bytes]]] = []
        self._stopping = threading.Event()

    def start(self, part: Part) -> subprocess.Popen[bytes]:
        """This function will start a part in a session of its own, tied to our life."""
        process = subprocess.Popen(
            part.command,
            env=dict(os.environ) | dict(part.environment),
            stdout=part.output,
            stderr=subprocess.STDOUT if part.output else None,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self._running.append((part, process))
        return process

    def wait(self) -> str | None:
        """This function will wait until told to stop; gives the name of a part that died."""
        while not self._stopping.wait(0.5):
            for part, process in self._running:
                if process.poll() is not None:
                    return part.name
        return None

    def ask_to_stop(self) -> None:
        """This function will make `wait` end."""
        self._stopping.set()

    def stop(self, *, patience: float = 10) -> None:
        """This function will stop every part, the last started first; whoever stays is killed."""
        for _, process in reversed(self._running):
            _signal_group(process, signal.SIGTERM)
            deadline = time.monotonic() + patience
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            # Also what the part itself started and left behind.
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self._running.clear()


def _signal_group(process: subprocess.Popen[bytes], which: signal.Signals) -> None:
    try:
        os.killpg(process.pid, which)
    except ProcessLookupError:
        return


def _die_with_parent() -> None:
    # Linux ends the part when we are killed without a chance to stop it.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_healthy(
    url: str,
    *,
    part: str,
    process: subprocess.Popen[bytes],
    seconds: float = 120,
    tick: Callable[[], None] | None = None,
) -> None:
    """This function will wait until an address answers 200; raises DidNotStart."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DidNotStart(part=part, why=f"退出码 {process.returncode}")
        try:
            if httpx.get(url, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if tick is not None:
            tick()
        time.sleep(0.2)
    raise DidNotStart(part=part, why=f"{seconds:.0f} 秒内没有应答")
