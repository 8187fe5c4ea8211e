"""Branches that workers send down: asked for, waited for, and given up when nothing gets on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from prefect import get_client
from prefect.client.schemas.objects import State, StateType
from prefect.deployments import arun_deployment
from prefect.states import Cancelled

CASCADE = "cascade-branch/cascade-branch"
LOOK_EVERY = 1.0  # seconds, as those below
# Workers may all be busy, even with launches that wait for workers.
TAKEN_WITHIN = 120.0
# A run whose machine died stays Running for ever; a batch takes a minute or two.
MOVES_WITHIN = 900.0
COUNT_EVERY = 30.0
WAITING = (StateType.SCHEDULED, StateType.PENDING)


class Workers:
    """The runs of one launch: while one of them gets on, the others may wait for its place."""

    def __init__(self, plan_id: int, *, left: Callable[[int], Awaitable[int]]) -> None:
        self._plan_id = plan_id
        self._left = left  # how many targets a branch still lacks
        self._at_work_at = time.monotonic()

    async def send_down(self, branch: int) -> bool:
        """This function will have a worker send a branch down; False: somebody else must."""
        asked = {"plan_id": self._plan_id, "branch_id": branch}
        run = await arun_deployment(CASCADE, parameters=asked, timeout=0)
        self._at_work_at = max(self._at_work_at, time.monotonic())
        signs = _Signs()
        while True:
            state = await _state_of(run.id)
            if state.is_final():
                return state.is_completed()
            if not await self._may_come(branch, signs, is_taken=state.type not in WAITING):
                # Else a worker would take it later, or it would stand there for ever.
                await _call_off(run.id)
                return False
            await asyncio.sleep(LOOK_EVERY)

    async def _may_come(self, branch: int, signs: _Signs, *, is_taken: bool) -> bool:
        now = time.monotonic()
        if not is_taken:
            return now - self._at_work_at < TAKEN_WITHIN
        if now - signs.counted_at >= COUNT_EVERY:
            signs.note(await self._left(branch), at=now)
        if now - signs.moved_at >= MOVES_WITHIN:
            return False
        self._at_work_at = now
        return True


class _Signs:
    """When the branch was last counted, and when it was seen to get on."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.counted_at = self.moved_at = time.monotonic()

    def note(self, left: int, *, at: float) -> None:
        if left != self.left:
            self.left, self.moved_at = left, at
        self.counted_at = at


async def _state_of(run: UUID) -> State:
    async with get_client() as client:
        found = (await client.read_flow_run(run)).state
    if found is None:
        raise LookupError(f"run {run} has no state")
    return found


async def _call_off(run: UUID) -> None:
    async with get_client() as client:
        why = Cancelled(message="The launch sends this branch down itself.")
        await client.set_flow_run_state(run, why, force=True)
