"""A process beside the server: it ends when the server is gone, and begins again when it dies."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

from shuangyong_core.settings import Settings

PATIENCE = 30.0  # seconds for the work in hand when it is to end
PAUSE = 1.0  # seconds before one that died begins again
log = logging.getLogger(__name__)


class Child:
    """`python -m module`; it reads its settings from a pipe that we hold, then reads to its end."""

    process: subprocess.Popen[bytes] | None = None  # the one that runs, or the last

    def __init__(self, module: str, settings: Settings, *, answers: bool = False) -> None:
        self._command = [sys.executable, "-m", module]
        self._output = subprocess.PIPE if answers else None
        self._told = settings.model_dump_json(exclude={"url"}).encode() + b"\n"
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """This function will start the process, and start it again whenever it dies."""
        self.process = self._begin()
        self._watcher.start()

    def stop(self) -> None:
        """This function will let the process end the work in hand, and wait for that."""
        with self._lock:
            self._stopped.set()
            process = self.process
        if process is None:
            return
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            log.error("%s did not end and was killed", self._command[-1])
            process.kill()
        self._watcher.join()

    def _begin(self) -> subprocess.Popen[bytes]:
        begun = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=self._output)
        if begun.stdin is not None:
            with suppress(BrokenPipeError):
                begun.stdin.write(self._told)
                begun.stdin.flush()
        return begun

    def _watch(self) -> None:
        process = self.process
        while process is not None:
            code = process.wait()
            if not self._stopped.is_set():
                log.error("%s ended (%s) and begins again", self._command[-1], code)
            self._stopped.wait(PAUSE)
            with self._lock:
                if self._stopped.is_set():
                    return
                try:
                    self.process = process = self._begin()
                except OSError:
                    log.exception("%s cannot begin and will be tried again", self._command[-1])


def told_settings(pipe: BinaryIO) -> Settings | None:
    """This function will give a child its settings; None when the server is gone already."""
    # Ctrl-C reaches everybody at once; the server says when to end, by letting go of the pipe.
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, signal.SIG_IGN)
    told = pipe.readline()
    return Settings(**json.loads(told)) if told else None
