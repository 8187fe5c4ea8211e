"""Turns, first come first served: nobody is passed over, in this process or in another."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Turns:
    """A lock that is handed to whoever has waited longest.

    SQLite's own waiting is a sleep and a look, and `threading.Lock` lets whoever returns it take it
    again: beside a busy writer the fold would wait for minutes. With a file, the processes that
    name the same one take turns too.
    """

    def __init__(self, beside: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._is_taken = False
        self._beside = beside

    @contextmanager
    def mine(self, *, patience: float) -> Iterator[None]:
        """This method will wait for the turn; who loses patience goes on without one."""
        until = time.monotonic() + patience
        is_mine = self._wait(patience)
        kept = take_turn(self._beside, until=until) if is_mine and self._beside else None
        try:
            yield
        finally:
            if kept is not None:
                os.close(kept)
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


def file_of(database: str | None) -> Path | None:
    """This function will name the file of an SQLite database; one in memory has none."""
    if not database or database == ":memory:" or database.startswith("file:"):
        return None
    return Path(database).resolve()


def take_turn(beside: Path, *, until: float) -> int | None:
    """This function will take the turn between processes: a file to close, or None when too late.

    Whoever waits holds the place of the next, so one that has just had its turn comes after it. The
    kernel keeps both locks, wakes who waits, and gives back what a killed process held.
    """
    # Where no file can be made, the database cannot be written either, and says so itself.
    with suppress(OSError):
        following = _hold(Path(f"{beside}-next"), until=until)
        if following is not None:
            try:
                return _hold(Path(f"{beside}-turn"), until=until)
            finally:
                os.close(following)
    return None


def _hold(path: Path, *, until: float) -> int | None:
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _wait_for(file, until=until)
    return file


def _wait_for(file: int, *, until: float) -> int | None:
    # The kernel knows no patience here: a thread waits, and lets go what came too late.
    lock, held, is_late = threading.Lock(), threading.Event(), False

    def wait() -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
        with lock:
            held.set()
            if is_late:
                os.close(file)

    threading.Thread(target=wait, name="turn", daemon=True).start()
    held.wait(until - time.monotonic())
    with lock:
        is_late = not held.is_set()
    return None if is_late else file
