"""A process beside the server: it ends when the server is gone, and begins again when it dies."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from contextlib import suppress

from shuangyong_core.settings import Settings

PATIENCE = 30.0  # seconds for the work in hand when it is to end
PAUSE = 1.0  # seconds before one that died begins again
log = logging.getLogger(__name__)


class Child:
    """`python -m module`; it reads its settings from a pipe that we hold, then reads to its end."""

    def __init__(self, module: str, settings: Settings) -> None:
        self._command = [sys.executable, "-m", module]
        self._told = settings.model_dump_json(exclude={"url"}).encode() + b"\n"
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """This function will start the process, and start it again whenever it dies."""
        self._begin()
        self._watcher.start()

    def stop(self) -> None:
        """This function will let the process end the work in hand, and wait for that."""
        with self._lock:
            self._stopped.set()
            if self._process.stdin is not None:
                with suppress(BrokenPipeError):
                    self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            log.error("%s did not end and was killed", self._command[-1])
            self._process.kill()
        self._watcher.join()

    def _begin(self) -> None:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, bufsize=0)
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.write(self._told)

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if not self._stopped.is_set():
                log.error("%s ended (%s) and begins again", self._command[-1], code)
            self._stopped.wait(PAUSE)
            with self._lock:
                if self._stopped.is_set():
                    return
                self._begin()
