"""What the tests of this door stand on: a district, its tokens, an application, a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.api.starting import Prepared
from shuangyong_core.settings import Settings
from tests.api import district
from tests.fixtures.databases import World

TODAY = date(2026, 7, 8)  # R2 is open


@dataclass(frozen=True)
class Door:
    """An application over a district, and the secrets of its tokens by name."""

    app: FastAPI
    engine: Engine
    tokens: dict[str, str]
    started: list[str]  # launches that were handed to a flow

    def client(self, name: str | None = None) -> TestClient:
        """This function will give a client that calls with a token, or with none."""
        headers = {"Authorization": f"Bearer {self.tokens[name]}"} if name else {}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)


def open_door(url: str, tokens: dict[str, str], folder: Path) -> Iterator[Door]:
    """This function will open this door over a database with the district in it."""
    engine = db.make_engine(url)
    settings = Settings(data=folder, database_url=url, today=TODAY, upload_bytes=200_000)
    started: list[str] = []

    def start(prepared: Prepared, _settings: Settings) -> None:
        started.append(prepared.plan)

    yield Door(create_api(engine, settings, start_launch=start), engine, tokens, started)
    engine.dispose()


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World | None:
    """The district, for whoever asks for its door."""
    return district.build if "door" in request.fixturenames else None


@pytest.fixture
def door(database_url: str, made: dict[str, str], tmp_path: Path) -> Iterator[Door]:
    """A door of the test's own."""
    yield from open_door(database_url, made, tmp_path)


@pytest.fixture(scope="module")
def quiet_door(
    new_world: Callable[[str, World], tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    """A door that a file of tests shares: they only read, or are refused."""
    url, tokens = new_world("sqlite", district.build)
    yield from open_door(url, tokens, tmp_path_factory.mktemp("data"))
