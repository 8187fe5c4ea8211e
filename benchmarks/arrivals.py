"""Sends reports at a fixed rate, whatever the answers do: latency counts from the planned instant.

A closed loop would wait for a slow server and never see what the users behind it see.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections import Counter, deque

from benchmarks.storm import path_of, secret_of
from tests.reports.place import GOOD

LANES = 256  # connections at most; more would hide that the server is late
NO_ANSWER = 0
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: storm\r\nAuthorization: Bearer {secret}\r\n"
    "Content-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {length}\r\n\r\n"
)


def request_of(number: int) -> bytes:
    """This function will write the whole request of one community's report."""
    figures = GOOD | {"C06": {"value": f"{1000 + number}.50"}}
    body = json.dumps({"figures": figures, "note": "按计划完成"}).encode()
    head = HEAD.format(
        path=path_of(number), secret=secret_of(number), key=f"k{number}", length=len(body)
    )
    return head.encode() + body


class Lane(asyncio.Protocol):
    """One connection that is kept; it carries one request after another."""

    def __init__(self, storm: Storm) -> None:
        self.storm, self.taken = storm, b""
        self.number = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """This method will begin with whatever waits."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.storm.free(self)

    def send(self, number: int) -> None:
        """This method will send one report."""
        self.number, self.taken = number, b""
        self.transport.write(self.storm.requests[number])

    def data_received(self, data: bytes) -> None:
        """This method will take the answer in and ask for the next report."""
        self.taken += data
        head, found, body = self.taken.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            number, self.number = self.number, -1
            self.storm.note(number, int(head[9:12]))
            self.storm.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """This method will count what went without an answer."""
        self.storm.lanes -= 1
        # A server closes what rested too long; a request written to it would wait for ever.
        if self in self.storm.idle:
            self.storm.idle.remove(self)
        if self.number >= 0:
            self.storm.note(self.number, NO_ANSWER)


class Storm:
    """All reports of a run: when each is due, when it was answered, and how."""

    def __init__(self, port: int, numbers: range, rate: float) -> None:
        self.port, self.first, self.rate = port, numbers.start, rate
        self.requests = {number: request_of(number) for number in numbers}
        self.waiting: deque[int] = deque()
        self.idle: list[Lane] = []
        self.lanes = 0
        self.answers: dict[int, tuple[float, float, int]] = {}
        self.began = 0.0

    def due(self, number: int) -> float:
        """This method will give the instant at which a report is to be sent."""
        return self.began + (number - self.first) / self.rate

    def note(self, number: int, status: int) -> None:
        """This method will keep an answer."""
        now = time.monotonic()
        self.answers[number] = (now, now - self.due(number), status)

    def free(self, lane: Lane) -> None:
        """This method will give a lane its next report, or let it rest."""
        if self.waiting:
            lane.send(self.waiting.popleft())
        else:
            self.idle.append(lane)

    async def run(self) -> None:
        """This method will send every report when it is due and wait for the last answers."""
        loop = asyncio.get_running_loop()
        self.began = time.monotonic() + 0.5
        for number in self.requests:
            late = self.due(number) - time.monotonic()
            if late > 0:
                await asyncio.sleep(late)
            self.waiting.append(number)
            if self.idle:
                self.free(self.idle.pop())
            elif self.lanes < LANES:
                self.lanes += 1
                address = ("127.0.0.1", self.port)
                opening = loop.create_connection(lambda: Lane(self), *address)
                loop.create_task(opening)  # noqa: RUF006 - the lane is kept by its transport
        for _ in range(600):
            if len(self.answers) == len(self.requests):
                return
            await asyncio.sleep(0.1)


def main(port: int, first: int, count: int, rate: float) -> None:
    """This function will run one storm and print what came of it as json."""
    storm = Storm(port, range(first, first + count), rate)
    gc.freeze()
    asyncio.run(storm.run())
    acked = sorted((at, n) for n, (at, _, status) in storm.answers.items() if status == 200)
    print(
        json.dumps(
            {
                "began": storm.began,
                "ended": max(at for at, _, _ in storm.answers.values()),
                "latencies": [latency for _, latency, _ in storm.answers.values()],
                "statuses": Counter(status for _, _, status in storm.answers.values()),
                "unanswered": count - len(storm.answers),
                "acked": acked,
                "processor": time.process_time(),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
