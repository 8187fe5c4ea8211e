"""A submission counts once: in parallel, with lost replies, with requests cut half way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from shuangyong_core import db
from shuangyong_core.client import Client, NoAnswer, Refused
from shuangyong_core.reports.models import Figure, Submission
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN, ROUND, STREET, UNION
from tests.api.wire import LossyProxy, serving
from tests.reports.place import GOOD

PLACE = (PLAN, ROUND, COMMUNITY)


def rows(door: Door) -> tuple[int, int]:
    """This function will count submissions and figures."""
    with db.read(door.engine) as session:
        counts = (session.scalar(select(func.count()).select_from(t)) for t in (Submission, Figure))
        submissions, figures = counts
    return submissions or 0, figures or 0


def test_the_same_key_in_twenty_threads_is_one_submission(door: Door) -> None:
    barrier = threading.Barrier(20)

    with serving(door.app) as url:

        def send(_turn: int) -> httpx.Response:
            with httpx.Client(base_url=f"{url}/api/v1", timeout=60, trust_env=False) as http:
                barrier.wait()
                return http.post(
                    f"/reports/{PLAN}/{ROUND}/{COMMUNITY}/submit",
                    json={"figures": GOOD},
                    headers={
                        "Authorization": f"Bearer {door.tokens['community']}",
                        "Idempotency-Key": "once",
                    },
                )

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(send, range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert rows(door) == (1, len(GOOD))


@pytest.mark.databases("sqlite")
def test_lost_replies_and_cut_requests_count_once(door: Door) -> None:
    with serving(door.app) as url:
        proxy = LossyProxy(url)
        community = Client(proxy.url, door.tokens["community"], sleep=lambda _: None)
        reviewer = Client(proxy.url, door.tokens["reviewer"], sleep=lambda _: None)
        numbers = []
        with community, reviewer:
            for _ in range(4):
                numbers.append(community.submit(*PLACE, GOOD)["no"])
                taken = community.withdraw(*PLACE)
            sent = community.submit(*PLACE, GOOD)
            accepted = reviewer.accept(*PLACE, no=sent["no"])
        proxy.close()

    assert proxy.lost_replies > 0
    assert proxy.cut_requests > 0
    assert numbers == [1, 2, 3, 4]
    assert taken["status"] == "draft"
    assert accepted["status"] == "accepted"
    assert rows(door) == (5, 5 * len(GOOD))


@pytest.mark.databases("sqlite")
def test_the_client_says_every_problem_and_where(door: Door, tmp_path: Path) -> None:
    file = tmp_path / "现场.pdf"
    file.write_bytes(b"%PDF-1.4\n" + b"x" * 100 + b"\n%%EOF\n")

    with serving(door.app) as url, Client(url, door.tokens["community"]) as community:
        kept = community.attach(*PLACE, file)
        saved = community.save_draft(*PLACE, GOOD)
        with pytest.raises(Refused) as wrong:
            community.submit(*PLACE, {"B03": {"value": "约12"}})
        with pytest.raises(Refused) as outside:
            community.unit(UNION)
        with Client(url, door.tokens["street"]) as street:
            below = street.children(STREET)

    assert (len(kept["sha256"]), kept["media_type"]) == (64, "application/pdf")
    assert saved["version"] >= 1
    assert (wrong.value.status, outside.value.status) == (422, 404)
    assert any((problem.field or "").startswith("B03") for problem in wrong.value.problems)
    assert [unit["code"] for unit in below] == [COMMUNITY, "990106001002"]


def test_a_busy_server_is_asked_again_a_bounded_number_of_times() -> None:
    asked, waits = [], []

    def busy(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["idempotency-key"])
        return httpx.Response(503, headers={"Retry-After": "2"})

    client = Client(
        "http://door", "t", tries=4, sleep=waits.append, transport=httpx.MockTransport(busy)
    )
    with pytest.raises(NoAnswer):
        client.submit(*PLACE, GOOD)

    assert len(asked) == 4
    assert len(set(asked)) == 1
    assert all(1 <= wait <= 10 for wait in waits)


def test_a_draft_with_a_version_is_not_sent_twice() -> None:
    asked = []

    def lost(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ReadError("lost")

    client = Client("http://door", "t", sleep=lambda _: None, transport=httpx.MockTransport(lost))
    with pytest.raises(NoAnswer):
        client.save_draft(*PLACE, GOOD, version=3)

    assert len(asked) == 1
