"""Shows how far a launch is, read from the database, until it is down, over or stuck."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.assignments.queries.branches import count_branch, list_branches
from shuangyong_core.assignments.queries.launching import unfinished_targets
from shuangyong_core.cli.desk import err
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan, PlanStatus

# The run may stand in a queue behind others before anything is seen of it.
PATIENCE = 180.0  # seconds
EVERY = 0.5


class LaunchStuck(Refused):
    """Nobody works on the launch: no runner, or one that was killed."""

    message = (
        "下达 {seconds:.0f} 秒没有进展，流程执行可能没有开（shuangyong serve flows）。"
        "已下达的部分保留，流程执行开着时每十分钟自动接着下达。"
    )
    code = "launch_stuck"


class Look(NamedTuple):
    """What one look into the database sees of a launch."""

    branches_done: int
    branches: int | None
    assignments: int
    is_finished: bool


def watch(
    engine: Engine, plan_id: int, *, ended: Callable[[], bool], patience: float = PATIENCE
) -> bool:
    """This function will watch a launch and say whether it is down; raises LaunchStuck.

    `ended` says that nobody works on it any more.
    """
    columns = (
        TextColumn("下达"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[n]} 项"),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=None, n=0)
        seen, since = None, time.monotonic()
        while True:
            # Asked first, so that the look after it sees all that was done.
            is_over = ended()
            look = look_at(engine, plan_id)
            progress.update(
                task, completed=look.branches_done, total=look.branches, n=look.assignments
            )
            if look.is_finished or is_over:
                return look.is_finished
            if look != seen:
                seen, since = look, time.monotonic()
            if time.monotonic() - since > patience:
                raise LaunchStuck(seconds=patience)
            time.sleep(EVERY)


def look_at(engine: Engine, plan_id: int) -> Look:
    """This function will see how far a launch is."""
    with db.read(engine) as session:
        plan = session.get_one(Plan, plan_id)
        if plan.status == PlanStatus.DRAFT:
            return Look(0, None, 0, False)
        branches = list_branches(session, plan)
        counts = [count_branch(session, plan, branch) for branch in branches]
        is_finished = plan.status != PlanStatus.LAUNCHING and not unfinished_targets(session, plan)
    # A branch's first level is written at the start, so its due items tell that it went down.
    done = sum(1 for count in counts if count.due_items)
    assignments = sum(count.assignments for count in counts)
    return Look(done, len(branches), assignments, is_finished)
