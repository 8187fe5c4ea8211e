"""The clerk: a thread that tells of what happened below, and counts each day what is overdue."""

from __future__ import annotations

import logging
import threading
from datetime import date

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.clock import Clock, shanghai_date
from shuangyong_core.supervision.actions.notices import stale_returns, sweep, untold_returns

log = logging.getLogger(__name__)


class Clerk(threading.Thread):
    """It opens its transactions and reads the clock as a door does; two of them do no harm."""

    def __init__(self, engine: Engine, clock: Clock, *, every: float = 2.0) -> None:
        super().__init__(name="clerk", daemon=True)
        self._engine = engine
        self._clock = clock
        self._every = every
        self._stopped = threading.Event()
        self._swept: date | None = None  # the day the deadlines were last counted

    def run(self) -> None:
        """This function will look until stopped; a failure is logged and tried again."""
        while not self._stopped.wait(self._every):
            try:
                self.look()
            except Exception:
                log.exception("the notices failed and will be tried again")

    def stop(self) -> None:
        """This function will end the thread after the look in hand."""
        self._stopped.set()
        if self.is_alive():
            self.join()

    def look(self) -> None:
        """This function will sweep when there is something to tell or to end, or a day begins."""
        at = self._clock.now()
        with db.read(self._engine) as session:
            waits = (untold_returns(), stale_returns())
            is_something = any(session.execute(each.limit(1)).first() for each in waits)
        if is_something or self._swept != shanghai_date(at):
            with db.write(self._engine) as session:
                sweep(session, at=at)
            self._swept = shanghai_date(at)
