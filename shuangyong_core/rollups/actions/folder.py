"""The folder: a thread that folds what is marked, every second, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.clock import Clock
from shuangyong_core.connecting import carry_over
from shuangyong_core.marks.queries import count_pending
from shuangyong_core.rollups.actions.beside import fold_beside

LEAST_PAUSE = 0.4  # of the time from fold to fold
log = logging.getLogger(__name__)


class Folder(threading.Thread):
    """A clerk of its own, so it opens its transactions and reads the clock as a door does."""

    def __init__(self, engine: Engine, clock: Clock, *, every: float = 1.0) -> None:
        super().__init__(name="folder", daemon=True)
        self._engine = engine
        self._clock = clock
        self._every = every
        self._stopped = threading.Event()

    def run(self) -> None:
        """This function will fold until stopped; a failure is logged and tried again."""
        pause = self._every
        while not self._stopped.wait(pause):
            began = time.monotonic()
            try:
                self._fold_once()
            except Exception:
                log.exception("the fold failed and will be tried again")
            # From beginning to beginning; but the others have their share of the machine too.
            pause = max(self._every - (time.monotonic() - began), self._every * LEAST_PAUSE)

    def stop(self) -> None:
        """This function will end the thread after the fold in hand."""
        self._stopped.set()
        if self.is_alive():
            self.join()

    def _fold_once(self) -> None:
        with db.read(self._engine) as session:
            waiting = count_pending(session)
        if waiting:
            fold_beside(self._engine, at=self._clock.now())
            carry_over(self._engine)
