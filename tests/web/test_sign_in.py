"""The door: who is let in, with which cookie, and how forms of other sites are kept out."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, func, select, update

from shuangyong_core import db
from shuangyong_core.accounts.models import WebSession
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.settings import Settings
from shuangyong_core.web.app import create_web
from tests.web.conftest import CSRF, Browser
from tests.web.district import PASSWORD

Open = Callable[..., Browser]
FORM = "/rounds/linjiang-2026/990106001001/R2"


def test_a_user_comes_in_and_goes_out(open_browser: Open) -> None:
    browser = open_browser("clerk")

    page = browser.get("/todo")
    out = browser.post("/logout")

    assert page.status_code == 200
    assert "望江社区 · 联络员" in page.text
    assert out.headers["clear-site-data"]
    assert browser.get("/todo").headers["location"] == "/login?next=/todo"


@pytest.mark.parametrize(("login", "password"), [("clerk", "wrong"), ("nobody", PASSWORD)])
def test_unknown_and_wrong_get_one_answer(open_browser: Open, login: str, password: str) -> None:
    answer = open_browser().sign_in(login, password)

    assert answer.status_code == 422
    assert "账号或口令不对" in answer.text
    assert "shuangyong=" not in answer.headers.get("set-cookie", "")


def test_the_cookie_is_out_of_reach_of_scripts_and_sites(
    web_engine: Engine, settings: Settings
) -> None:
    safe = create_web(web_engine, settings.model_copy(update={"https": True}))
    browser = Browser(safe)
    browser.client.base_url = "https://testserver"  # type: ignore[assignment]

    cookies = browser.sign_in("clerk").headers.get_list("set-cookie")

    session = next(cookie for cookie in cookies if cookie.startswith("__Host-shuangyong="))
    for flag in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert flag in session
    assert browser.get("/todo").headers["strict-transport-security"]


def test_a_cookie_brought_along_never_becomes_a_session(open_browser: Open, app: FastAPI) -> None:
    browser = open_browser()
    browser.client.cookies.set("shuangyong", "chosen-by-another")

    given = browser.sign_in("clerk").headers["set-cookie"]

    other = Browser(app)
    other.client.cookies.set("shuangyong", "chosen-by-another")
    assert "chosen-by-another" not in given
    assert other.get("/todo").status_code == 303


def test_every_answer_carries_the_headers(open_browser: Open) -> None:
    browser = open_browser("clerk")

    for path in ("/todo", "/login", "/nowhere", FORM):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "no-store", path
        assert headers["x-frame-options"] == "DENY", path


@pytest.mark.parametrize(
    ("values", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "another"}, {}),
        ({}, {"origin": "https://elsewhere.example"}),
        ({}, {"origin": "null"}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"content-type": "text/plain"}),
    ],
)
@pytest.mark.parametrize("path", [FORM, f"{FORM}/draft", "/logout", "/password"])
def test_a_form_of_another_site_changes_nothing(
    open_browser: Open,
    web_engine: Engine,
    path: str,
    values: dict[str, str],
    headers: dict[str, str],
) -> None:
    browser = open_browser("clerk")
    browser.get(FORM)
    before = _changes(web_engine)

    answer = browser.post_form(path, {"act": "draft", "D05.value": "6"} | values, headers=headers)

    assert answer.status_code == 422
    assert "请刷新后再办" in answer.text
    assert _changes(web_engine) == before


def test_only_files_that_carry_their_hash_are_kept_by_browsers(open_browser: Open) -> None:
    browser = open_browser()

    assert "immutable" in browser.get("/static/app.css?1a2b3c4d").headers["cache-control"]
    assert browser.get("/static/app.css").headers["cache-control"] == "no-store"


def test_a_log_in_form_of_another_site_is_refused(open_browser: Open) -> None:
    browser = open_browser()

    answer = browser.post("/login", login="clerk", password=PASSWORD, csrf="x")

    assert answer.status_code == 422
    assert "shuangyong=" not in answer.headers.get("set-cookie", "")


def test_log_in_never_leads_off_the_site(open_browser: Open) -> None:
    browser = open_browser()
    browser.get("/login")

    answer = browser.post("/login", login="clerk", password=PASSWORD, next="//elsewhere.example")

    assert answer.headers["location"] == "/"


def test_an_idle_session_is_over(open_browser: Open, web_engine: Engine) -> None:
    browser = open_browser("clerk")
    _age(web_engine, hours=2)

    assert browser.get("/todo").status_code == 303
    assert browser.client.get("/todo", headers={"accept": "application/json"}).status_code == 401


def test_what_was_typed_outlives_the_session(open_browser: Open, web_engine: Engine) -> None:
    browser = open_browser("clerk")
    browser.get(FORM)
    _age(web_engine, hours=2)

    late = browser.post_form(FORM, {"act": "submit", "D05.value": "六件", "note": "<b>下午</b>"})
    page = browser.post("/login", login="clerk", password=PASSWORD, kept=_hidden(late.text))
    back = browser.post_form(FORM, _areas(page.text) | {"act": "draft"})
    form = browser.get(FORM).text

    assert late.status_code == 401
    assert "登录后接着填" in late.text
    assert page.status_code == 200
    assert back.status_code == 303
    assert 'value="六件"' in form
    assert "&lt;b&gt;下午&lt;/b&gt;" in form


def test_another_sites_form_is_not_carried_through_a_log_in(
    open_browser: Open, web_engine: Engine
) -> None:
    browser = open_browser("clerk")
    browser.get(FORM)
    _age(web_engine, hours=2)

    late = browser.post_form(
        FORM, {"act": "submit", "D05.value": "6"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert late.status_code == 401
    assert 'name="kept"' not in late.text


def test_a_fault_says_a_number_and_nothing_else(app: FastAPI, open_browser: Open) -> None:
    browser = open_browser("clerk")

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret of the house")

    answer = browser.get("/broken")

    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "告诉系统管理员这个编号" in answer.text


def _age(engine: Engine, *, hours: int) -> None:
    with db.write(engine) as session:
        seen = session.scalars(select(WebSession.seen_at)).one()
        session.execute(update(WebSession).values(seen_at=seen - timedelta(hours=hours)))


def _changes(engine: Engine) -> int:
    with db.read(engine) as session:
        done = select(func.count()).select_from(AuditEntry).where(AuditEntry.result == "done")
        return session.scalar(done) or 0


def _hidden(html: str) -> str:
    return entities.unescape(re.findall(r'name="kept" value="([^"]*)"', html)[0])


def _areas(html: str) -> dict[str, str]:
    found = re.findall(r'<textarea hidden name="([^"]+)">\n([^<]*)</textarea>', html)
    assert CSRF.search(html)
    return {name: entities.unescape(value) for name, value in found}
