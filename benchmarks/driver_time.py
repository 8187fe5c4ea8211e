"""The time spent inside the database's driver: statements and commits, none of our own Python."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Engine, event


class DriverTime:
    """How long the database's driver worked, by hooks around every statement and commit."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = self._began = 0.0
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)
        commit = engine.dialect.do_commit
        engine.dialect.do_commit = self._timed(commit)  # type: ignore[method-assign]

    def _begin(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _end(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began

    def _timed(self, act: Callable[[object], None]) -> Callable[[object], None]:
        def timed(connection: object) -> None:
            self._begin()
            act(connection)
            self._end()

        return timed
