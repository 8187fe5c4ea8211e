"""A real server over a folder, in a process that can be killed; and a proxy that loses replies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

# It has read all the code already and only forks: a server is up again in a moment.
NURSERY = """
import os, signal, sys, uvicorn
from datetime import date
from pathlib import Path
from fastapi import FastAPI
from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.settings import Settings
from tests.faults.server import answer_before_the_commit
url, port, kind, folder = sys.argv[1:]
if kind == "broken":
    answer_before_the_commit()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        break
    print(child, flush=True)
else:
    sys.exit()
settings = Settings(data=Path(folder), database_url=url, today=date(2026, 7, 8))
app = FastAPI(openapi_url=None)
app.mount("/api/v1", create_api(db.make_engine(url), settings))
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="critical", access_log=False)
"""


def answer_before_the_commit() -> None:
    """This function will break the product on purpose: answers go out, the commit comes later."""
    from sqlalchemy.orm import Session

    from shuangyong_core.api import calls
    from shuangyong_core.batches import in_savepoint

    def write_each(engine, acts, *, prepare):  # type: ignore[no-untyped-def]
        if not hasattr(engine, "forgetful"):
            engine.forgetful = Session(engine)
            engine.written = 0
        answers = [in_savepoint(engine.forgetful, act) for act in acts]
        engine.written += len(acts)
        if engine.written > 40:
            engine.forgetful.commit()
            engine.written = 0
        return answers

    calls.write_each = write_each  # type: ignore[attr-defined]


class Server:
    """Started, killed without a word, started again on the same port."""

    def __init__(self, url: str, folder: Path, *, is_broken: bool = False) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        kind = "broken" if is_broken else "whole"
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY, url, str(self.port), kind, str(folder)],
            cwd=Path(__file__).resolve().parents[2],
            env=os.environ | {"PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        """This method will start the server and wait until it answers."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print("start", file=self._nursery.stdin, flush=True)
        self._child = int(self._nursery.stdout.readline())
        for _ in range(600):
            try:
                httpx.get(f"{self.url}/api/v1/health", trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.02)
        raise RuntimeError("the server does not come up")

    def kill(self) -> None:
        """This method will kill the server with SIGKILL: nothing is tidied up."""
        os.kill(self._child, signal.SIGKILL)

    def close(self) -> None:
        """This method will kill the server and what it was forked from."""
        self.kill()
        self._nursery.kill()
        self._nursery.communicate()
