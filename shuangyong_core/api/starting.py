"""Hands a prepared launch to the flows; when none run, to a command that opens its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from shuangyong_core.launching import FlowsDown, ask_to_launch
from shuangyong_core.settings import Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A launch that stands in the database: whatever happens next, a repeat goes on from there."""

    plan_id: int
    plan: str
    targets: Sequence[str]  # the ones asked for; none: all
    backfill: bool = False


def start_launch(prepared: Prepared, settings: Settings) -> None:
    """This function will start the flow of a launch and not wait for its end."""
    try:
        ask_to_launch(
            settings, prepared.plan_id, targets=prepared.targets, backfill=prepared.backfill
        )
    except FlowsDown:
        _start_command(prepared, settings)


def _start_command(prepared: Prepared, settings: Settings) -> None:
    command = [sys.executable, "-m", "shuangyong_core", "plan", "launch", prepared.plan]
    if prepared.targets:
        command.append(f"--targets={','.join(prepared.targets)}")
    if prepared.backfill:
        command.append("--backfill")
    logs = settings.data / "logs"
    logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (logs / "launch.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=os.environ | _named(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    # Somebody must take note of its end, or it stays in the process table.
    threading.Thread(target=process.wait, name="launch", daemon=True).start()


def _named(settings: Settings) -> dict[str, str]:
    named = {
        "SHUANGYONG_DATA": str(settings.data.resolve()),
        "SHUANGYONG_DATABASE_URL": settings.url,
        "SHUANGYONG_PREFECT_PORT": str(settings.prefect_port),
    }
    return named | ({"SHUANGYONG_TODAY": settings.today.isoformat()} if settings.today else {})
