"""A real server on loopback, and a proxy that loses replies after the act is done."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """This function will serve an application mounted as the product mounts it."""
    outer = FastAPI(openapi_url=None)
    outer.mount("/api/v1", app)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(outer, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


class LossyProxy:
    """Passes one request a connection; of every three replies one is lost, one request cut off."""

    def __init__(self, upstream: str, *, hold_back: float = 0.0) -> None:
        self.hold_back = hold_back  # seconds
        self.port = int(upstream.rpartition(":")[2])
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.turns = itertools.count()
        self.lost_replies = self.cut_requests = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.listening.accept()
                threading.Thread(target=self._pass, args=(caller,), daemon=True).start()

    def _pass(self, caller: socket.socket) -> None:
        turn = next(self.turns) % 3
        with caller, socket.create_connection(("127.0.0.1", self.port)) as server:
            request = _whole(caller)
            if turn == 1:
                self.cut_requests += 1
                server.sendall(request[: len(request) // 2])
                return
            server.sendall(request)
            reply = _whole(server)
            if turn == 0:
                self.lost_replies += 1
                return
            time.sleep(self.hold_back)
            caller.sendall(reply)

    def close(self) -> None:
        """This method will take no more callers."""
        self.listening.close()


def _whole(sender: socket.socket) -> bytes:
    taken = b""
    while b"\r\n\r\n" not in taken:
        taken += sender.recv(65536)
    head, _, body = taken.partition(b"\r\n\r\n")
    lines = [line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:]]
    length = next((int(line[1]) for line in lines if line[0] == b"content-length"), 0)
    while len(body) < length:
        body += sender.recv(65536)
    return head + b"\r\n\r\n" + body
