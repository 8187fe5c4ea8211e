"""A small process to be held on a pipe: it notes that it was born, and that it ended as told."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

LIVELY = "tests.faults.lively"


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def until(claim: Callable[[], bool], *, seconds: float = 60) -> bool:
    """Waits until something holds; says whether it came to that."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def main() -> None:
    """This function will live until the pipe is closed."""
    folder = Path(json.loads(sys.stdin.readline())["data"])
    with (folder / "born").open("a") as born:
        born.write(f"{os.getpid()} ")
    sys.stdin.read()
    (folder / "ended").write_text(str(os.getpid()))


if __name__ == "__main__":
    main()
