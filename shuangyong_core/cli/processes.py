"""Several processes as one: started together, watched, and stopped in order on Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

import httpx

from shuangyong_core.errors import Refused

PR_SET_PDEATHSIG = 1


class DidNotStart(Refused):
    """A part did not come up; its log tells why."""

    message = "{part}没有启动成功：{why}。日志在数据目录的 logs 文件夹里。"
    code = "did_not_start"


class PortTaken(Refused):
    """Somebody listens there; without this we would take a stranger's health for our own."""

    message = "{part}要用的端口 {port} 已被别的程序占用，请先停下它，或用 {setting} 换一个。"
    code = "port_taken"


class ToldToStop(Exception):
    """Somebody pressed Ctrl-C, or asked the process to end."""


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
        self._told_to_stop = False

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
        if part.output is not None:
            part.output.close()
        return process

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        """This function will no longer miss a part that has done its work."""
        self._running = [each for each in self._running if each[1] is not process]

    def heed_signals(self) -> None:
        """This function will note Ctrl-C and SIGTERM, for `check` to raise at a quiet moment.

        A KeyboardInterrupt would come anywhere, also where Python swallows it.
        """

        def note(_number: int, _frame: object) -> None:
            self._told_to_stop = True

        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, note)

    def check(self) -> None:
        """This function will raise ToldToStop once a signal has come."""
        if self._told_to_stop:
            raise ToldToStop

    def wait_for(self, process: subprocess.Popen[bytes]) -> int:
        """This function will wait until a part ends and give its exit code; raises ToldToStop."""
        while process.poll() is None:
            self.check()
            time.sleep(0.1)
        return process.returncode

    def wait(self) -> str:
        """This function will wait until a part dies and give its name; raises ToldToStop."""
        while True:
            self.check()
            for part, process in self._running:
                if process.poll() is not None:
                    return part.name
            time.sleep(0.2)

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
    process: subprocess.Popen[bytes] | None = None,
    seconds: float = 120,
    tick: Callable[[], None] | None = None,
) -> None:
    """This function will wait until an address answers 200; raises DidNotStart."""
    deadline, heard = time.monotonic() + seconds, "没有应答"
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise DidNotStart(part=part, why=f"退出码 {process.returncode}")
        try:
            status = httpx.get(url, timeout=2, trust_env=False).status_code
            if status == 200:
                return
            heard = f"应答 {status}"
        except httpx.HTTPError as fault:
            # Not up yet; what was heard last is told if it never comes up.
            heard = f"没有应答（{type(fault).__name__}）"
        if tick is not None:
            tick()
        time.sleep(0.2)
    raise DidNotStart(part=part, why=f"等了 {seconds:g} 秒，{heard}")


def require_free(port: int, *, part: str, setting: str, host: str = "127.0.0.1") -> None:
    """This function will raise PortTaken when somebody listens on a port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise PortTaken(part=part, port=port, setting=setting) from fault


def free_port() -> int:
    """This function will give a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
