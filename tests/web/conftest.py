"""The district behind the pages: built once, copied for each test; and browsers signed in to it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.settings import Settings
from shuangyong_core.web import assets
from shuangyong_core.web.app import create_web
from tests.web.district import PASSWORD, PRETEND, District, build_district
from tests.web.pages import AXE
from tests.web.reported import report_some
from tests.web.site import running

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
DRAFTS = re.compile(r'name="drafts" value="([^"]*)"')
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Browser:
    """One browser: follows no redirect by itself, and posts as the page it last saw would."""

    def __init__(self, app: FastAPI) -> None:
        self.client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
        self.html = ""

    def sign_in(self, login: str, password: str = PASSWORD) -> Response:
        """Fetches the log-in page and posts it."""
        self.get("/login")
        return self.post("/login", login=login, password=password, next="/todo")

    def get(self, path: str, **headers: str) -> Response:
        """Opens a page."""
        answer = self.client.get(path, headers=headers)
        self.html = answer.text
        return answer

    def post(self, path: str, /, **values: str) -> Response:
        """Posts a form with the token and the version of the page last seen."""
        return self.post_form(path, values)

    def post_form(self, path: str, values: dict[str, str], **more: object) -> Response:
        """Posts values whose names are no Python names."""
        names = {"csrf": CSRF, "version": VERSION, "drafts": DRAFTS}
        found = {name: pattern.search(self.html) for name, pattern in names.items()}
        hidden = {name: match[1] for name, match in found.items() if match}
        answer = self.client.post(path, data=hidden | values, **more)  # type: ignore[arg-type]
        if 'name="csrf"' in answer.text:
            self.html = answer.text
        return answer


@pytest.fixture(scope="session")
def district_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the district in it."""
    file = tmp_path_factory.mktemp("district") / "shuangyong.db"
    shutil.copy(sqlite_template, file)
    engine = db.make_engine(f"sqlite:///{file}")
    build_district(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def reported_file(district_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a few reports of R2, folded."""
    file = tmp_path_factory.mktemp("reported") / "shuangyong.db"
    shutil.copy(district_file, file)
    engine = db.make_engine(f"sqlite:///{file}")
    report_some(District(engine))
    engine.dispose()
    return file


@pytest.fixture
def settings(tmp_path: Path, district_file: Path) -> Settings:
    """Settings of an installation on 2026-07-20, with a district of its own."""
    shutil.copy(district_file, tmp_path / "shuangyong.db")
    return Settings(data=tmp_path, today=PRETEND)


@pytest.fixture
def web_engine(settings: Settings) -> Iterator[Engine]:
    """An engine on the district's database."""
    engine = db.make_engine(settings.url)
    yield engine
    engine.dispose()


@pytest.fixture
def district(web_engine: Engine) -> District:
    """The district."""
    return District(web_engine)


@pytest.fixture
def reported(settings: Settings, reported_file: Path, web_engine: Engine) -> District:
    """The district with a few reports of R2, in place of the one without."""
    web_engine.dispose()
    for leftover in settings.data.glob("shuangyong.db*"):
        leftover.unlink()
    shutil.copy(reported_file, settings.data / "shuangyong.db")
    return District(web_engine)


@pytest.fixture
def app(web_engine: Engine, settings: Settings) -> FastAPI:
    """The web application over the district."""
    return create_web(web_engine, settings)


@pytest.fixture
def open_browser(app: FastAPI) -> Callable[..., Browser]:
    """Opens a browser, signed in when a login name is given."""

    def make(login: str = "") -> Browser:
        browser = Browser(app)
        if login:
            assert browser.sign_in(login).status_code == 303
        return browser

    return make


@pytest.fixture
def site(app: FastAPI) -> Iterator[str]:
    """The district's site on this machine, for a real browser."""
    if assets.missing() or not AXE.is_file():
        pytest.skip("the web assets are not set up; see make assets-dev")
    with running(app) as address:
        yield address
