"""The office's pages over real data in a real browser: quiet, sound, nothing sticks out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from shuangyong_core.web import assets
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, PLAN, STREET, District
from tests.web.pages import AXE, complaints, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATHS = (
    "/progress",
    f"/progress?unit={STREET}&by=territory",
    f"/targets/{PLAN}",
    f"/targets/{PLAN}/B03",
    f"/source/{PLAN}/B03?at={STREET},{COMMUNITY}",
    f"/split/{PLAN}/{STREET}",
    f"/split/{PLAN}/{STREET}/dates",
    f"/guards/{PLAN}/990106",
    "/materials",
    "/lights",
    f"/plans/{PLAN}/rehearsal",
)
DRAFT = "/plans/linjiang-2027"
PLAN_PATHS = (
    "/plans",
    *(f"{DRAFT}/{step}" for step in ("basis", "rounds", "targets", "units", "launch")),
    f"{DRAFT}/targets/new",
    f"{DRAFT}/rehearsal",
)


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    """The application on this machine."""
    if assets.missing() or not AXE.is_file():
        pytest.skip("the web assets are not set up; see make assets-dev")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_the_pages_of_the_office_are_quiet_and_sound(
    reported: District, served: str, open_browser: Callable[..., Browser], page: Page
) -> None:
    assert look_at_each(page, served, PATHS, office=open_browser("office")) == []


def test_the_pages_of_a_plan_are_quiet_and_sound(
    district: District, served: str, open_browser: Callable[..., Browser], page: Page
) -> None:
    office = open_browser("office")
    office.get("/plans")
    office.post("/plans", act="copy", code=PLAN)
    # Something is wrong, so that the check and the field have something to say.
    office.get(f"{DRAFT}/rounds")
    broken = {"code.0": "R1", "due_date.0": "年底前后", "title.0": ""}
    assert office.post_form(f"{DRAFT}/rounds", broken | {"act": "save"}).status_code == 303

    assert look_at_each(page, served, PLAN_PATHS, office=office) == []


def look_at_each(page: Page, served: str, paths: tuple[str, ...], *, office: Browser) -> list[str]:
    """What the browser complains of when each page is opened at both widths by the office."""
    cookies = office.client.cookies.items()
    page.context.add_cookies([{"name": n, "value": v, "url": served} for n, v in cookies])
    said = complaints(page)

    for path in paths:
        answer = page.goto(served + path)

        assert answer is not None
        assert answer.status == 200, path
        look(page)
    return said
