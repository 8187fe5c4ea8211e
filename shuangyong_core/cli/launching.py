"""`plan launch`: asks the running flows, or opens a temporary Prefect server and says so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.assignments.queries.branches import count_branch, list_branches
from shuangyong_core.assignments.queries.launching import unfinished_targets
from shuangyong_core.cli.desk import Desk, err
from shuangyong_core.cli.prefect_parts import environment_of, server_part
from shuangyong_core.cli.processes import Group, wait_until_healthy
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.launching import FlowsDown, ask_to_launch, prefect_environment, run_failed
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.plans.queries import get_plan, list_targets
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.settings import Settings


class LaunchFailed(Refused):
    """The run ended before the plan was down; what was sent stays, a repeat goes on from there."""

    message = "下达没有完成，已下达的部分保留，再运行一次会接着下达。日志在 {logs}。"
    code = "launch_failed"


@dataclass(frozen=True, slots=True)
class Launched:
    """What came of it: the plan's status and the id of the run, if a running server took it."""

    plan: str
    status: str
    run: str | None
    sentence: str


def launch(desk: Desk, code: str, *, targets: Sequence[str], wait: bool) -> Launched:
    """This function will launch a plan; raises PlanNotFound, NotAllowed, LaunchFailed."""
    settings = desk.settings
    with desk.reading() as session:
        plan_id = require_issuer(session, code, actor=desk.actor(session)).id
        _check_targets(targets, {each.code for each in list_targets(session, plan_id)})
    try:
        run = ask_to_launch(settings, plan_id, targets=targets)
    except FlowsDown:
        err.print("没有正在运行的流程服务，临时开一个，下达完就关。")
        launch_in_subprocess(settings, code, targets=targets)
        return _told(desk, code, None)
    if wait:
        watch(desk.engine, plan_id, ended=lambda: run_failed(settings, run))
    return _told(desk, code, run)


def _check_targets(named: Sequence[str], known: set[str]) -> None:
    problems = [
        Problem("unknown_target", "计划里没有这个任务。", field="--targets", value=mask(code))
        for code in named
        if code not in known
    ]
    if problems:
        raise Problems(problems)


def launch_in_subprocess(
    settings: Settings,
    code: str,
    *,
    targets: Sequence[str] = (),
    today: date | None = None,
    port: int | None = None,
) -> None:
    """This function will run the launch flow in a process of its own; raises LaunchFailed.

    `port` is that of a Prefect server that is up; without one a temporary server is opened.
    `today` pretends a day for the launch.
    """
    logs = settings.data / "logs"
    logs.mkdir(exist_ok=True, mode=0o700)
    if port is not None:
        _run_flow(settings, code, targets, port=port, today=today)
        return
    port, group = _free_port(), Group()
    try:
        server = group.start(server_part(settings, logs, port=port))
        health = f"http://127.0.0.1:{port}/api/health"
        wait_until_healthy(health, part="流程服务", process=server)
        _run_flow(settings, code, targets, port=port, today=today)
    finally:
        group.stop()


def _run_flow(
    settings: Settings, code: str, targets: Sequence[str], *, port: int, today: date | None
) -> None:
    environment = dict(os.environ) | environment_of(settings)
    environment |= prefect_environment(settings, port=port)
    if today is not None:
        environment["SHUANGYONG_TODAY"] = today.isoformat()
    logs = settings.data / "logs"
    with (logs / "launch.log").open("ab") as log:
        command = [sys.executable, "-m", "flows.launch", code, *targets]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        engine = db.make_engine(settings.url)
        with db.read(engine) as session:
            plan_id = get_plan(session, code).id
        watch(engine, plan_id, ended=lambda: process.poll() is not None)
        engine.dispose()
        if process.wait() != 0:
            raise LaunchFailed(logs=logs)


def watch(engine: Engine, plan_id: int, *, ended: Callable[[], bool]) -> None:
    """This function will show how far a launch is, from the database, until it is done or ended."""
    columns = (
        TextColumn("下达"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[n]} 项"),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=None, n=0)
        while not ended():
            done, total, assignments, is_finished = _look(engine, plan_id)
            progress.update(task, completed=done, total=total, n=assignments)
            if is_finished:
                return
            time.sleep(0.3)


def _look(engine: Engine, plan_id: int) -> tuple[int, int | None, int, bool]:
    with db.read(engine) as session:
        plan = session.get_one(Plan, plan_id)
        if plan.status == PlanStatus.DRAFT:
            return 0, None, 0, False
        branches = list_branches(session, plan)
        counts = [count_branch(session, plan, branch) for branch in branches]
        is_finished = plan.status == PlanStatus.ACTIVE and not unfinished_targets(session, plan)
    assignments = sum(count.assignments for count in counts)
    # A branch's first level is written at the start, so its own units tell whether it went down.
    done = sum(1 for count in counts if count.due_items)
    return done, len(branches), assignments, is_finished


def _told(desk: Desk, code: str, run: str | None) -> Launched:
    with desk.reading() as session:
        status = get_plan(session, code).status
    word = "已下达" if status == PlanStatus.ACTIVE else "正在下达"
    return Launched(code, status, run, f"计划 {code} {word}。")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
