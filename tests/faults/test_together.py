"""Batches: what comes meanwhile is done together, and each has its own answer."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from shuangyong_core.together import Together


class Desk:
    """Doubles numbers, a batch at a time; a negative one is refused, 13 spoils the whole batch."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.goes_on = threading.Event()
        self.has_begun = threading.Event()

    def double(self, numbers: Sequence[int]) -> list[int | Exception]:
        """This function will wait until it may go on."""
        self.has_begun.set()
        assert self.goes_on.wait(5)
        self.batches.append(list(numbers))
        if 13 in numbers:
            raise RuntimeError("thirteen")
        return [ValueError(number) if number < 0 else 2 * number for number in numbers]


@pytest.fixture
def desk() -> Desk:
    """A desk with an empty queue."""
    return Desk()


def test_what_comes_while_one_is_under_way_is_done_together(desk: Desk) -> None:
    together = Together(desk.double, most=3)

    answers = [together.ask(0)]
    assert desk.has_begun.wait(5)
    answers += [together.ask(number) for number in (1, 2, 3, 4)]
    desk.goes_on.set()

    assert [answer.result(5) for answer in answers] == [0, 2, 4, 6, 8]
    assert desk.batches == [[0], [1, 2, 3], [4]]


def test_when_many_come_the_next_batch_gathers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuangyong_core.together.GATHERING", 0.1)
    together = Together(desk.double)
    together.ask(0)
    assert desk.has_begun.wait(5)
    many = [together.ask(number) for number in (1, 2)]
    desk.goes_on.set()
    assert [answer.result(5) for answer in many] == [2, 4]

    later = [together.ask(number) for number in (3, 4, 5)]

    assert [answer.result(5) for answer in later] == [6, 8, 10]
    assert desk.batches == [[0], [1, 2], [3, 4, 5]]


def test_a_refusal_is_its_own_and_a_fault_is_everybodys(desk: Desk) -> None:
    together = Together(desk.double)
    together.ask(0)
    assert desk.has_begun.wait(5)

    refused, good = together.ask(-1), together.ask(1)
    desk.goes_on.set()
    assert isinstance(refused.exception(5), ValueError)
    assert good.result(5) == 2
    assert isinstance(together.ask(13).exception(5), RuntimeError)
    assert together.ask(5).result(5) == 10


def test_what_is_taken_back_is_not_done(desk: Desk) -> None:
    together = Together(desk.double)
    together.ask(0)
    assert desk.has_begun.wait(5)

    gone, stays = together.ask(1), together.ask(2)
    assert gone.cancel()
    desk.goes_on.set()

    assert stays.result(5) == 4
    assert desk.batches == [[0], [2]]
