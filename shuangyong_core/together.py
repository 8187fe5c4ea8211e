"""Many asks done as one: what comes while a batch is under way makes the next batch."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
MOST = 64  # in one batch: nobody waits long for the others
GATHERING = 0.015  # seconds between two batches when many come at once


class Together(Generic[Asked, Answer]):
    """A clerk who takes all that lies on the desk, does it in one go, then hands the answers out.

    Alone an ask is done at once; the more come, the larger the batches, for which he waits a
    moment. `act` gives one answer for each, in order; an exception among them is that ask's own.
    """

    def __init__(
        self, act: Callable[[Sequence[Asked]], Sequence[Answer | Exception]], *, most: int = MOST
    ) -> None:
        self._act, self._most = act, most
        self._desk: deque[tuple[Asked, Future[Answer]]] = deque()
        self._lock = threading.Lock()
        self._is_at_work = False
        self._clerk = ThreadPoolExecutor(1, thread_name_prefix="together")

    def ask(self, asked: Asked) -> Future[Answer]:
        """This method will lay an ask on the desk; one taken back meanwhile is not done."""
        answer: Future[Answer] = Future()
        with self._lock:
            self._desk.append((asked, answer))
            is_idle, self._is_at_work = not self._is_at_work, True
        if is_idle:
            self._clerk.submit(self._work)
        return answer

    def _work(self) -> None:
        while batch := self._take():
            self._serve([each for each in batch if each[1].set_running_or_notify_cancel()])
            if 1 < len(batch) < self._most:
                # Many are coming: a larger batch costs each of them less than this wait.
                time.sleep(GATHERING)

    def _take(self) -> list[tuple[Asked, Future[Answer]]]:
        with self._lock:
            batch = [self._desk.popleft() for _ in range(min(self._most, len(self._desk)))]
            self._is_at_work = bool(batch)
        return batch

    def _serve(self, batch: Sequence[tuple[Asked, Future[Answer]]]) -> None:
        answers: Sequence[Answer | Exception]
        try:
            answers = self._act([asked for asked, _ in batch])
        except Exception as fault:
            answers = [fault] * len(batch)
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)
