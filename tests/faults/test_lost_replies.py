"""Through a network that loses, cuts and holds back, in parallel: counted once; too many: 503."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.api.gate import Gate
from shuangyong_core.client import Client, Refused
from shuangyong_core.reports.models import Figure, Submission
from shuangyong_core.settings import Settings
from tests.api.conftest import TODAY, Door
from tests.api.conftest import door as door
from tests.api.conftest import world as world
from tests.api.district import COMMUNITY, PLAN, ROUND
from tests.api.wire import LossyProxy, serving
from tests.faults.lively import until
from tests.reports.place import GOOD

PLACE = (PLAN, ROUND, COMMUNITY)
CALLERS = 20
PATIENT = {"tries": 99, "sleep": lambda _: None}
pytestmark = pytest.mark.databases("sqlite")


def _rows(door: Door) -> list[int | None]:
    with db.read(door.engine) as session:
        return [session.scalar(select(func.count()).select_from(t)) for t in (Submission, Figure)]


def test_one_key_from_many_callers_over_a_bad_network_is_one_submission(door: Door) -> None:
    barrier = threading.Barrier(CALLERS)
    changed = {**GOOD, "F10": {"date": "2026-07-04"}}

    with serving(door.app) as url:
        proxy = LossyProxy(url, hold_back=0.02)

        def send(_turn: int) -> dict[str, object]:
            with Client(
                proxy.url, door.tokens["community"], tries=99, sleep=lambda _: None
            ) as client:
                barrier.wait()
                return client.submit(*PLACE, GOOD, key="once")

        with ThreadPoolExecutor(CALLERS) as pool:
            answers = list(pool.map(send, range(CALLERS)))
        with (
            Client(proxy.url, door.tokens["community"], **PATIENT) as client,
            pytest.raises(Refused) as other,
        ):
            client.submit(*PLACE, changed, key="once")
        proxy.close()

    assert proxy.lost_replies > 0
    assert proxy.cut_requests > 0
    assert [answer == answers[0] for answer in answers] == [True] * CALLERS
    assert (other.value.status, other.value.code) == (409, "key_reused")
    assert _rows(door) == [1, len(GOOD)]


def test_too_many_callers_are_sent_away_at_once_and_come_again(door: Door, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=str(door.engine.url), today=TODAY)
    narrow: FastAPI = create_api(door.engine, settings, most_inside=2)
    asked_again: list[float] = []

    def pause(seconds: float) -> None:
        asked_again.append(seconds)
        time.sleep(0.1)

    with serving(narrow) as url:
        with db.write(door.engine):  # the one writer is busy: two calls wait inside
            inside = [threading.Thread(target=_send, args=(url, door, "k0")) for _ in range(2)]
            for thread in inside:
                thread.start()
            assert until(lambda: _inside(narrow) == 2, seconds=10)
            began = time.monotonic()
            answer = _send(url, door, "late")
            took = time.monotonic() - began
        for thread in inside:
            thread.join(20)
        with Client(url, door.tokens["community"], sleep=pause) as client:
            receipt = client.submit(*PLACE, GOOD, key="k0")

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["retry-after"].isdigit()
    assert answer.headers["cache-control"] == "no-store"
    assert took < 2
    assert receipt["no"] == 1


def _inside(app: FastAPI) -> int:
    """How many calls its gate counts; the layers are put together at the first call."""
    layer: Any = app.middleware_stack
    while layer is not None and not isinstance(layer, Gate):
        layer = getattr(layer, "app", None)
    return layer.inside if layer is not None else 0


def _send(url: str, door: Door, key: str) -> httpx.Response:
    return httpx.post(
        f"{url}/api/v1/reports/{PLAN}/{ROUND}/{COMMUNITY}/submit",
        json={"figures": GOOD},
        headers={"Authorization": f"Bearer {door.tokens['community']}", "Idempotency-Key": key},
        timeout=30,
        trust_env=False,
    )


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 415, 422])
def test_a_client_takes_no_for_an_answer(status: int) -> None:
    asked: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, json={"code": "no", "message": "不行。", "problems": []})

    client = Client("http://door", "t", transport=httpx.MockTransport(refuse))
    with pytest.raises(Refused):
        client.submit(*PLACE, GOOD)

    assert len(asked) == 1
