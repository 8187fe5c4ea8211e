"""Sends a plan down the tree: prepare, one cascade a branch, finish; safe to run again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from functools import partial

from prefect import State, flow
from prefect.artifacts import (
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from flows import office
from flows.branch_table import who_got_what
from flows.worker_run import Workers
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.assignments.actions import launch
from shuangyong_core.assignments.queries.branches import Branch, list_branches
from shuangyong_core.assignments.queries.launching import list_unfinished_plans
from shuangyong_core.plans.models import Plan

# Workers take branches side by side; more would only wait for the database.
AT_ONCE = 4


@flow(name="launch-year")
async def launch_year(
    plan_id: int,
    targets: list[str] | None = None,
    by_deployment: bool = False,
    backfill: bool = False,
) -> None:
    """This flow will send a plan, or some of its targets, down every branch."""
    key = f"launch-plan-{plan_id}"
    async with office.at_work(key):
        await office.write(partial(_prepare, plan_id=plan_id, targets=targets, backfill=backfill))
        branches = await office.read(partial(_branches, plan_id=plan_id))
        progress = await acreate_progress_artifact(0.0, key=f"{key}-progress")
        async for done in _send_down(plan_id, branches, by_deployment=by_deployment):
            await aupdate_progress_artifact(progress, progress=100.0 * done / len(branches))
        await office.write(partial(_finish, plan_id=plan_id))
    table = await office.read(partial(who_got_what, plan_id=plan_id, branches=branches))
    await acreate_table_artifact(
        table, key=f"{key}-branches", description="各分支下达的任务和应报事项"
    )


@flow(name="cascade-branch", retries=2, retry_delay_seconds=5)
async def cascade_branch(plan_id: int, branch_id: int) -> int:
    """This flow will send the plan down one branch; gives how many assignments are new."""
    which = {"plan_id": plan_id, "branch_id": branch_id}
    new = 0
    for targets in await office.read(partial(_pending, **which)):
        new += await office.write(partial(_cascade, **which, targets=targets))
    return new


@flow(name="finish-launching")
async def finish_launching(by_deployment: bool = False) -> list[State[None]]:
    """This flow will finish every launch that was cut off; it fails when one of them does."""
    # A cancelled launch too: what has begun to go down is owed to everybody, so it goes on.
    plans = await office.read(list_unfinished_plans)
    return [
        await launch_year(plan_id, targets=[], by_deployment=by_deployment, return_state=True)
        for plan_id in plans
        if not await office.is_somebody_at(f"launch-plan-{plan_id}")
    ]


async def _send_down(
    plan_id: int, branches: Sequence[Branch], *, by_deployment: bool
) -> AsyncIterator[int]:
    """The branches, each when it has its turn; yields how many are down."""
    workers = Workers(plan_id, left=partial(_left, plan_id)) if by_deployment else None
    turns = asyncio.Semaphore(AT_ONCE if workers else 1)

    async def send(branch: Branch) -> None:
        async with turns:
            if workers is None or not await workers.send_down(branch.unit):
                # On one machine; or no worker took it, or it broke off there: twice does no harm.
                await cascade_branch(plan_id, branch.unit)

    # The longest first, so that the last ones do not keep one worker alone at work.
    ordered = sorted(branches, key=lambda branch: -branch.units) if workers else branches
    sent = [asyncio.create_task(send(branch)) for branch in ordered]
    try:
        for done, each in enumerate(asyncio.as_completed(sent), start=1):
            await each
            yield done
    finally:
        for task in sent:
            task.cancel()


async def _left(plan_id: int, branch_id: int) -> int:
    pending = await office.read(partial(_pending, plan_id=plan_id, branch_id=branch_id))
    return sum(len(targets) for targets in pending)


def _prepare(session: Session, *, plan_id: int, targets: list[str] | None, backfill: bool) -> None:
    plan = session.get_one(Plan, plan_id)
    at = office.now()
    launch.prepare_launch(session, plan, targets=targets, backfill=backfill, at=at, actor=SYSTEM)


def _branches(session: Session, *, plan_id: int) -> Sequence[Branch]:
    return list_branches(session, session.get_one(Plan, plan_id))


def _pending(session: Session, *, plan_id: int, branch_id: int) -> Sequence[Sequence[int]]:
    return launch.list_pending(session, session.get_one(Plan, plan_id), branch=branch_id)


def _cascade(session: Session, *, plan_id: int, branch_id: int, targets: Sequence[int]) -> int:
    plan = session.get_one(Plan, plan_id)
    return launch.cascade_branch(session, plan, branch=branch_id, targets=targets)


def _finish(session: Session, *, plan_id: int) -> None:
    plan = session.get_one(Plan, plan_id)
    launch.finish_launch(session, plan, at=office.now(), actor=SYSTEM)


async def _main(code: str, targets: list[str] | None) -> None:
    plan_id = await office.read(
        lambda session: session.scalar(select(Plan.id).where(Plan.code == code))
    )
    if plan_id is None:
        raise SystemExit(f"no plan {code}")
    await launch_year(plan_id, targets=targets)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2:] or None))
