"""Starts the flow of a launch as the operator's command does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from shuangyong_core.settings import Settings


def start_launch(plan: str, settings: Settings) -> None:
    """This function will start sending a prepared plan down and not wait for the end.

    The plan stands as launching in the database before: whatever happens to the process, the
    next launch of the same plan goes on where this one stopped.
    """
    logs = settings.data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "launch.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "shuangyong_core", "plan", "launch", "--wait", "--", plan],
            env=os.environ | _named(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    # Somebody must take note of its end, or it stays in the process table.
    threading.Thread(target=process.wait, name=f"launch {plan}", daemon=True).start()


def _named(settings: Settings) -> dict[str, str]:
    named = {
        "SHUANGYONG_DATA": str(settings.data.resolve()),
        "SHUANGYONG_DATABASE_URL": settings.url,
    }
    return named | ({"SHUANGYONG_TODAY": settings.today.isoformat()} if settings.today else {})
