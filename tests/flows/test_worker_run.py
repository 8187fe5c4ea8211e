"""A branch at a worker: waited for while it gets on, given up when nobody takes it or it stalls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect.client.schemas.objects import State
from prefect.states import Completed, Crashed, Pending, Running, Scheduled

from flows import worker_run
from flows.worker_run import MOVES_WITHIN, TAKEN_WITHIN, Workers

Life = Callable[[float], State]  # the state of a run so many seconds after it was asked for


class Server:
    """Stands for Prefect's: a run a branch, each with its life; the clock jumps at every look."""

    def __init__(self) -> None:
        self.now = 0.0
        self.lives: dict[int, Life] = {}
        self.called_off: list[int] = []
        self._runs: dict[UUID, tuple[int, float]] = {}

    async def take(self, _name: str, *, parameters: dict[str, int], timeout: float) -> Any:
        """A run is asked for."""
        run = uuid4()
        self._runs[run] = parameters["branch_id"], self.now
        return SimpleNamespace(id=run)

    async def read_flow_run(self, run: UUID) -> Any:
        """What becomes of it."""
        branch, since = self._runs[run]
        return SimpleNamespace(state=self.lives[branch](self.now - since))

    async def set_flow_run_state(self, run: UUID, _state: State, *, force: bool) -> None:
        """Somebody calls it off."""
        self.called_off.append(self._runs[run][0])

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(self, *_fault: object) -> None:
        return None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server, rest = Server(), asyncio.sleep

    async def sleep(seconds: float) -> None:
        server.now += seconds
        await rest(0)

    monkeypatch.setattr(worker_run, "get_client", lambda: server)
    monkeypatch.setattr(worker_run, "arun_deployment", server.take)
    monkeypatch.setattr(worker_run, "time", SimpleNamespace(monotonic=lambda: server.now))
    monkeypatch.setattr(worker_run, "asyncio", SimpleNamespace(sleep=sleep))
    return server


def life(*, taken: float, ends: float, last: State | None = None) -> Life:
    """Waits, runs, ends."""

    def state(age: float) -> State:
        if age < taken:
            return Scheduled() if age < taken / 2 else Pending()
        return Running() if age < ends else last or Completed()

    return state


def send(server: Server, *, getting_on: bool = True, **lives: Life) -> list[bool]:
    """What the launch hears of each branch."""
    server.lives = {number: each for number, each in enumerate(lives.values())}
    left = iter(range(10_000, 0, -1))

    async def count(_branch: int) -> int:
        return next(left) if getting_on else 24

    async def all_of_them() -> list[bool]:
        workers = Workers(1, left=count)
        return await asyncio.gather(*(workers.send_down(number) for number in server.lives))

    return asyncio.run(all_of_them())


def test_a_run_that_is_taken_and_slow_is_waited_for(server: Server) -> None:
    slow = life(taken=5, ends=2 * MOVES_WITHIN)

    assert send(server, slow=slow) == [True]
    assert server.called_off == []


def test_a_run_behind_a_slow_one_waits_for_its_place(server: Server) -> None:
    first, second = life(taken=5, ends=1_000), life(taken=1_050, ends=1_100)

    assert send(server, first=first, second=second) == [True, True]
    assert server.called_off == []


def test_a_run_nobody_takes_is_called_off_for_the_launch_to_do(server: Server) -> None:
    never = life(taken=1e9, ends=1e9)

    assert send(server, never=never) == [False]
    assert server.called_off == [0]
    assert TAKEN_WITHIN <= server.now < TAKEN_WITHIN + 5


def test_a_run_that_stands_still_is_called_off_and_so_is_who_waits_behind_it(
    server: Server,
) -> None:
    dead, behind = life(taken=5, ends=1e9), life(taken=1e9, ends=1e9)

    assert send(server, dead=dead, behind=behind, getting_on=False) == [False, False]
    assert server.called_off == [0, 1]


def test_a_run_that_breaks_off_is_for_the_launch_to_do_at_once(server: Server) -> None:
    broken = life(taken=5, ends=60, last=Crashed())

    assert send(server, broken=broken) == [False]
    assert server.called_off == []
    assert server.now < TAKEN_WITHIN
