"""Prefect's two processes on one machine: its server and the runner of our flows."""

from __future__ import annotations

import sys
from pathlib import Path

from shuangyong_core.cli.processes import Part
from shuangyong_core.launching import prefect_environment
from shuangyong_core.settings import Settings


def environment_of(settings: Settings) -> dict[str, str]:
    """This function will give the settings as the environment of a part of the group."""
    given = {
        "SHUANGYONG_DATA": str(settings.data.resolve()),
        "SHUANGYONG_DATABASE_URL": settings.database_url,
        "SHUANGYONG_HOST": settings.host,
        "SHUANGYONG_PORT": str(settings.port),
        "SHUANGYONG_PREFECT_PORT": str(settings.prefect_port),
        "SHUANGYONG_HTTPS": str(settings.https).lower(),
    }
    if settings.today is not None:
        given["SHUANGYONG_TODAY"] = settings.today.isoformat()
    return given | prefect_environment(settings)


def server_part(settings: Settings, logs: Path, *, port: int | None = None) -> Part:
    """This function will describe Prefect's server, on loopback only."""
    (settings.data / "prefect").mkdir(exist_ok=True, mode=0o700)
    port = port or settings.prefect_port
    command = [sys.executable, "-m", "prefect", "server", "start"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    output = (logs / "prefect.log").open("ab")
    return Part("流程服务", command, prefect_environment(settings, port=port), output)


def runner_part(settings: Settings, logs: Path) -> Part:
    """This function will describe the runner that executes our flows."""
    output = (logs / "flows.log").open("ab")
    return Part("流程执行", [sys.executable, "-m", "flows.serve"], environment_of(settings), output)
