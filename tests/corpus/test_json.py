"""Bodies of programs: the API and the command refuse the same ones, with the same code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.settings import Settings
from tests.corpus.cases import Case, cases_in
from tests.corpus.channels import command_of
from tests.corpus.world import AT, PLAN, ROUND, World, build, kept, unit_of

CASES = cases_in("json")
PATH = f"/reports/{PLAN}/{ROUND}/{unit_of(0)}/submit"
PLACES = f'{{"plan": "{PLAN}", "round": "{ROUND}", "unit": "{unit_of(0)}", '


@dataclass(frozen=True)
class Doors:
    """A world with one community, the API over it, and the folder of the commands."""

    world: World
    client: TestClient
    folder: Path


@pytest.fixture(scope="module")
def doors(
    new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Doors]:
    """One community whose report is tried."""
    engine, folder = db.make_engine(new_database("sqlite")), tmp_path_factory.mktemp("data")
    world = build(engine, units=1)
    settings = Settings(data=folder, database_url=str(engine.url), today=AT.date())
    headers = {"Authorization": f"Bearer {world.token}", "Content-Type": "application/json"}
    api = create_api(engine, settings)
    yield Doors(world, TestClient(api, headers=headers, raise_server_exceptions=False), folder)
    engine.dispose()


def _codes(found: Mapping[str, Any]) -> set[str]:
    return {found["code"], *(each["code"] for each in found["problems"])}


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_body_is_refused_by_api_and_command(doors: Doors, case: Case) -> None:
    body = case.path.read_bytes()
    file = doors.folder / case.path.name
    # A file names its place, an address has it already.
    file.write_bytes(body.replace(b"{", PLACES.encode(), 1))

    answer = doors.client.post(PATH, content=body)
    said = command_of(doors.world, doors.folder, "report", "submit", str(file), "--json")

    assert 400 <= answer.status_code < 500, answer.text
    assert case.expected["code"] in _codes(answer.json())
    assert case.expected["code"] in _codes(said)
    assert kept(doors.world.engine) == {}
