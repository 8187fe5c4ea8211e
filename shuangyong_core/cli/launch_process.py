"""The launch flow as a process of its own, beside a Prefect server or a temporary one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from shuangyong_core import db
from shuangyong_core.cli.prefect_parts import environment_of, server_part
from shuangyong_core.cli.processes import Group, Part, free_port, wait_until_healthy
from shuangyong_core.cli.watching import watch
from shuangyong_core.errors import Refused
from shuangyong_core.launching import prefect_environment
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.settings import Settings


class LaunchFailed(Refused):
    """The run ended before the plan was down; what was sent stays, a repeat goes on from there."""

    message = "下达没有完成，已下达的部分保留，再运行一次会接着下达。{where}。"
    code = "launch_failed"


def launch_in_subprocess(
    settings: Settings,
    code: str,
    *,
    targets: Sequence[str] = (),
    today: date | None = None,
    port: int | None = None,
) -> None:
    """This function will run the launch flow to its end; raises LaunchFailed, DidNotStart.

    `port` is that of a Prefect server that is up or starting; without it a temporary one is opened.
    `today` pretends a day for the launch.
    """
    logs = settings.data / "logs"
    logs.mkdir(exist_ok=True, mode=0o700)
    group = Group()
    try:
        server = None
        if port is None:
            port = free_port()
            server = group.start(server_part(settings, logs, port=port))
        health = f"http://127.0.0.1:{port}/api/health"
        wait_until_healthy(health, part="流程服务", process=server)
        log = logs / "launch.log"
        flow = group.start(_flow_part(settings, log, code, targets, port=port, today=today))
        engine = db.make_engine(settings.url)
        with db.read(engine) as session:
            plan_id = get_plan(session, code).id
        is_down = watch(engine, plan_id, ended=lambda: flow.poll() is not None)
        engine.dispose()
        # It still writes its table; the database alone says whether the launch succeeded.
        if not is_down:
            raise LaunchFailed(where=f"日志在 {log}")
        flow.wait()
    finally:
        group.stop()


def _flow_part(
    settings: Settings,
    log: Path,
    code: str,
    targets: Sequence[str],
    *,
    port: int,
    today: date | None,
) -> Part:
    environment = environment_of(settings) | prefect_environment(settings, port=port)
    if today is not None:
        environment["SHUANGYONG_TODAY"] = today.isoformat()
    command = [sys.executable, "-m", "flows.launch", code, *targets]
    return Part("下达", command, environment, log.open("ab"))
