"""`plan launch`: asks the running flows, or opens a temporary Prefect server and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuangyong_core.assignments.actions.launch import prepare_launch, state_reason
from shuangyong_core.assignments.queries.launching import unfinished_targets
from shuangyong_core.cli.desk import Desk, err
from shuangyong_core.cli.launch_process import LaunchFailed, launch_in_subprocess
from shuangyong_core.cli.watching import watch
from shuangyong_core.launching import FlowsDown, ask_to_launch, run_ended
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.settings import Settings


@dataclass(frozen=True, slots=True)
class Launched:
    """What came of it: the plan's status and the id of the run, if a running server took it."""

    plan: str
    status: str
    run: str | None
    sentence: str


def launch(
    desk: Desk, code: str, *, targets: Sequence[str], backfill: bool, reason: str = "", wait: bool
) -> Launched:
    """This function will launch a plan; what refuses it, does so before anything is written.

    Raises PlanNotFound, NotAllowed, all that prepare_launch does, LaunchFailed, LaunchStuck.
    """
    # The decision is an act of whoever makes it; the flow only carries it out.
    with desk.writing("plan.launch", code) as session:
        actor = desk.actor(session)
        plan = require_issuer(session, code, actor=actor)
        at = desk.now()
        fresh = prepare_launch(
            session, plan, targets=targets or None, backfill=backfill, at=at, actor=actor
        )
        short = state_reason(
            session, plan, targets=fresh, reason=reason, backfill=backfill, asks=False,
            actor=actor, at=at,
        )  # fmt: skip
        plan_id, is_down = plan.id, not unfinished_targets(session, plan)
    for line in short:
        err.print(f"来不及：{line}", markup=False)
    if is_down:
        return _told(desk, code, None)
    try:
        run = ask_to_launch(desk.settings, plan_id, targets=targets, backfill=backfill)
    except FlowsDown:
        err.print("没有正在运行的流程服务，临时开一个，下达完就关。")
        launch_in_subprocess(desk.settings, code, targets=targets)
        return _told(desk, code, None)
    if wait and not watch(desk.engine, plan_id, ended=lambda: _is_over(desk.settings, run)):
        logs = desk.settings.data / "logs" / "flows.log"
        raise LaunchFailed(where=f"流程运行 {run}，日志在流程服务的页面上，或 {logs}")
    return _told(desk, code, run)


def _is_over(settings: Settings, run: str) -> bool:
    try:
        return run_ended(settings, run)
    except FlowsDown:
        # The server may come back, and the runner goes on without it.
        return False


def _told(desk: Desk, code: str, run: str | None) -> Launched:
    with desk.reading() as session:
        plan = get_plan(session, code)
        is_down = not unfinished_targets(session, plan)
    word = "正在下达" if plan.status == PlanStatus.LAUNCHING or not is_down else "已下达"
    return Launched(code, plan.status, run, f"计划 {code} {word}。")
