"""Turns, first come first served: nobody is passed over, however busy another is."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that is handed to whoever has waited longest.

    SQLite's own waiting is a sleep and a look, and `threading.Lock` lets whoever returns it take it
    again: beside a busy writer the fold would wait for minutes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._is_taken = False

    @contextmanager
    def mine(self, *, patience: float) -> Iterator[None]:
        """This method will wait for the turn; who loses patience goes on without one."""
        is_mine = self._wait(patience)
        try:
            yield
        finally:
            if is_mine:
                self._hand_on()

    def _wait(self, patience: float) -> bool:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        if turn.acquire(timeout=patience):
            return True
        with self._lock:
            if turn in self._line:
                self._line.remove(turn)
                return False
        return True  # it was handed over in the last moment

    def _hand_on(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().release()
            else:
                self._is_taken = False
