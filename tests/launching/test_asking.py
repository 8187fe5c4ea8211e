"""Asking a server for a launch: busy is waited for, absent is said, the key stays the same."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shuangyong_core.launching import FlowsDown, ask_to_launch, asking
from shuangyong_core.settings import Settings


class Server(BaseHTTPRequestHandler):
    """Says that it is busy as often as it is told to, then takes the run."""

    busy = 0
    keys: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        """The deployment."""
        self.say(200, {"id": "d1"})

    def do_POST(self) -> None:
        """A run is asked for."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Server.keys.append(asked["idempotency_key"])
        Server.busy -= 1
        self.say(503 if Server.busy >= 0 else 201, {"id": "r1"})

    def say(self, status: int, body: dict[str, str]) -> None:
        """One answer."""
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Nothing is written down."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings of a place whose Prefect is the server above."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(asking, "WAITS", (0.0, 0.0, 0.0))
    Server.keys.clear()
    yield Settings(data=tmp_path, prefect_port=server.server_address[1])
    server.shutdown()
    server.server_close()


def test_a_busy_server_is_asked_again_with_the_same_key(settings: Settings) -> None:
    Server.busy = 2

    assert ask_to_launch(settings, 7) == "r1"

    assert len(Server.keys) == 3
    assert len(set(Server.keys)) == 1


def test_a_server_that_stays_busy_is_as_good_as_down(settings: Settings) -> None:
    Server.busy = 99

    with pytest.raises(FlowsDown):
        ask_to_launch(settings, 7)


def test_another_asking_has_another_key(settings: Settings) -> None:
    Server.busy = 0
    ask_to_launch(settings, 7)
    ask_to_launch(settings, 7)

    assert len(set(Server.keys)) == 2
