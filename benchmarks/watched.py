"""What the processes of flow runs hold and work, read from /proc while they live."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

RUN = re.compile(rb"PREFECT__FLOW_RUN_ID=([0-9a-f-]{36})")
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
TICKS = os.sysconf("SC_CLK_TCK")


class Watched:
    """Looks at the children of workers every half second; a run's process lives for seconds."""

    def __init__(self, workers: Sequence[int]) -> None:
        self._workers = set(workers)
        self._worked: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.worker_of: dict[str, int] = {}
        self.peaks: dict[str, int] = {}  # MB, by flow run, and by process for the workers

    @property
    def processor(self) -> float:
        """The seconds of processor that all runs and workers used."""
        return sum(self._worked.values())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            parents = dict(_parents())
            for process in parents:
                worker = self._worker_above(process, parents)
                if worker is not None:
                    self._look(process, worker)

    def _worker_above(self, process: int, parents: dict[int, int]) -> int | None:
        above: int | None = process
        while above is not None and above not in self._workers:
            above = parents.get(above)
        return above

    def _look(self, process: int, worker: int) -> None:
        folder = Path(f"/proc/{process}")
        try:
            run = RUN.search((folder / "environ").read_bytes())
            peak = PEAK.search((folder / "status").read_text())
            times = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        except OSError:
            return  # it has just ended
        name = run[1].decode() if run else str(process)
        if run:
            self.worker_of[name] = worker
        held = int(peak[1]) // 1024 if peak else 0
        self.peaks[name] = max(self.peaks.get(name, 0), held)
        self._worked[process] = sum(map(int, times)) / TICKS


def _parents() -> list[tuple[int, int]]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            rest = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found.append((int(entry.name), int(rest[1])))
    return found
