"""Who reaches what: every page of another's unit is answered like one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shuangyong_core import db
from shuangyong_core.reports.actions import submit
from tests.web.conftest import Browser
from tests.web.district import (
    COMMUNITY,
    GOOD,
    OTHER_STREET,
    OTHERS,
    PEOPLE,
    PLAN,
    SECOND,
    STREET,
    District,
    on,
)

Open = Callable[..., Browser]
NOWHERE = "990106099"
ROUTES = Path(__file__).parent / "routes.txt"
# A page that shows no unit of its own choosing: the door, lists of what is one's own, help.
WITHOUT_UNIT = {
    "/", "/account", "/help", "/lights", "/login", "/logout", "/materials", "/password",
    "/plans", "/plans/{plan}/amend", "/plans/{plan}/book",
    "/plans/{plan}/launch", "/plans/{plan}/rehearsal",
    "/plans/{plan}/targets/{code}",
    "/plans/{plan}/{step}",
    "/handouts", "/handouts/{number}", "/notices", "/problems", "/problems/{number}",
    "/progress/fresh", "/reorganise", "/requests", "/review", "/todo", "/year",
}  # fmt: skip
# Pages that are told their unit behind the question mark, by either tree.
ASKED = {
    "/people", "/progress", "/rounds", "/source/{plan}/{code}", "/targets/{plan}",
    "/targets/{plan}/{code}",
}  # fmt: skip
# Pages of those who send plans down.
ISSUERS = {"/plans", "/reorganise"}
# Who: whose units are neither their own nor below them.
STRANGERS = [
    ("clerk", OTHERS), ("clerk", SECOND), ("clerk", STREET), ("street", OTHERS),
    ("street", OTHER_STREET), ("viewer", OTHERS), ("federation", COMMUNITY),
    ("other", COMMUNITY),
]  # fmt: skip


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every (method, path) of the application."""
    return sorted(set(_walk(app.routes)))


def _walk(listed: list[object]) -> Iterator[tuple[str, str]]:
    for route in listed:
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods)
        else:
            inner = getattr(route, "original_router", None)
            yield from _walk(inner.routes if inner is not None else [])


def test_every_route_is_known(app: FastAPI) -> None:
    """A new route is written into routes.txt, and so looked at by the tests below."""
    found = "".join(f"{method:5}{path}\n" for method, path in routes(app))

    assert found == ROUTES.read_text(encoding="utf-8")


@pytest.fixture
def reported(district: District) -> None:
    """A community of the other street has reported, so that there is something to find."""
    for unit, login in ((OTHERS, "other"), (COMMUNITY, "clerk")):
        with db.write(district.engine) as session:
            who = district.actor(login, at=on(7, 9))
            submit(session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
                   key=None, actor=who, at=on(7, 9))  # fmt: skip


def filled(path: str, unit: str) -> str:
    values = {"plan": PLAN, "round": "R2", "unit": unit, "sha256": "0" * 64, "code": "B03",
              "step": "basis", "number": "1"}  # fmt: skip
    address = re.sub(r"\{(\w+)\}", lambda name: values[name[1]], path)
    return f"{address}?unit={unit}&by=territory" if path in ASKED else address


def test_every_route_is_sorted(app: FastAPI) -> None:
    for method, path in routes(app):
        kinds = [path in WITHOUT_UNIT, path in ASKED, "{unit}" in path, "{sha256}" in path]
        assert sum(kinds) == 1, (method, path)


@pytest.mark.parametrize("login", dict(STRANGERS))
@pytest.mark.usefixtures("reported")
def test_anothers_page_is_a_page_that_does_not_exist(
    app: FastAPI, open_browser: Open, login: str
) -> None:
    browser = open_browser(login)
    browser.get("/help")
    page, units = browser.html, [unit for who, unit in STRANGERS if who == login]
    tried = 0

    for method, path in routes(app):
        if path in WITHOUT_UNIT:
            continue
        answers = []
        for asked in (NOWHERE, *units):
            browser.html, address = page, filled(path, asked)
            done = browser.get(address) if method == "GET" else browser.post_form(
                address, {"act": "accept", "reason": "x", "version": "1"})  # fmt: skip
            answers.append((done.status_code, done.text))
        assert answers[0][0] == 404, (method, path)
        for unit, answer in zip(units, answers[1:], strict=True):
            assert answer == answers[0], (method, path, unit)
        tried += 1

    assert tried >= 14


@pytest.mark.parametrize("login", dict(STRANGERS))
def test_anothers_unit_is_not_in_ones_lists(open_browser: Open, login: str) -> None:
    browser = open_browser(login)

    pages = browser.get("/rounds").text, browser.get("/todo").text

    for unit in (unit for who, unit in STRANGERS if who == login):
        assert not [page for page in pages if re.search(rf"\b{unit}\b", page)], unit


@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_of_ones_own_opens(app: FastAPI, open_browser: Open, login: str) -> None:
    browser = open_browser(login)

    for method, path in routes(app):
        if method == "GET" and "{" not in path and (login == "office" or path not in ISSUERS):
            assert browser.get(path).status_code in (200, 303), path


def test_nobody_sees_a_page_without_signing_in(app: FastAPI, open_browser: Open) -> None:
    browser = open_browser()

    for method, path in routes(app):
        if path == "/login":
            continue
        address = filled(path, COMMUNITY)
        done = browser.get(address) if method == "GET" else browser.client.post(address)
        assert done.status_code in (303, 401), (method, path)
        assert "登录" in done.text or done.headers["location"].startswith("/login")


def test_an_administrator_has_no_business(app: FastAPI, open_browser: Open) -> None:
    browser = open_browser("sysadmin")

    for method, path in routes(app):
        if method == "GET" and "{" in path:
            assert browser.get(filled(path, COMMUNITY)).status_code == 404, path
        elif path in ASKED:
            assert COMMUNITY not in browser.get(filled(path, COMMUNITY)).text, path
    page = browser.get("/todo").text

    assert "系统管理员" in page
    for word in ("填报", "审核", "进度", "材料"):
        assert f">{word}<" not in page
