"""A person at a browser: logs in, and does one thing on one page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.fixtures.browser import PATIENCE
from tests.journey.house import House
from tests.web.pages import follow, sign_in

PASSWORD = "jing-wei-fen-ming"


@contextmanager
def signed_in(
    browser: Browser, house: House, login: str, *, one_time: str | None = None, width: int = 1440
) -> Iterator[Page]:
    """A page of somebody who has logged in; a one-time password is changed on the way."""
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    sign_in(page, house.url, login, one_time or PASSWORD)
    if one_time is not None:
        page.fill("#new", PASSWORD)
        page.fill("#again", PASSWORD)
        follow(page, "main button[type=submit]")
        sign_in(page, house.url, login, PASSWORD)
    yield page
    context.close()
    # A refusal is answered with 409 or 422 on purpose; the browser notes it as an error.
    assert [fault for fault in faults if "status of 4" not in fault] == []


def press(page: Page, act: str) -> None:
    """Presses the visible button of an act and waits for the page that follows."""
    follow(page, page.locator(f'button[name="act"][value="{act}"]:visible').last)


def confirm_split(page: Page, house: House, plan: str, unit: str) -> None:
    """Confirms the default split: one page, one button, asked once."""
    page.goto(f"{house.url}/split/{plan}/{unit}")
    press(page, "ask")
    press(page, "confirm")


def report_visits(page: Page, house: House, place: str, households: str) -> None:
    """Fills in the one number of a community's first round and sends it."""
    page.goto(f"{house.url}/rounds/{place}")
    page.fill("#f-C03", households)
    press(page, "submit")
    press(page, "confirm")


def return_report(page: Page, house: House, place: str, reason: str) -> None:
    """Returns a report with everything that is to be mended."""
    page.goto(f"{house.url}/review/{place}")
    page.check('input[name="fix"][value="C03"]')
    page.fill('input[name="reason.C03"]', reason)
    page.fill("#reason", reason)
    press(page, "ask_return")
    press(page, "return")


def accept_report(page: Page, house: House, place: str) -> None:
    """Accepts a report; it is asked once."""
    page.goto(f"{house.url}/review/{place}")
    press(page, "ask_accept")
    press(page, "accept")
