"""Lists of units and workbooks of the corpus: read as they are, or refused with row and column."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from shuangyong_core import db
from shuangyong_core.api import create_api
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.settings import Settings
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.rules import UnitList, check_units
from tests.cli.conftest import Operator
from tests.corpus.cases import HERE, cases_in
from tests.corpus.channels import command_of
from tests.corpus.make import FILES
from tests.corpus.world import AT, World, build

LISTS = ("encoding", "separators", "headers", "units", "rows")
Expected = Mapping[str, Any]
CSV = {case.id: (case.path, case.expected) for folder in LISTS for case in cases_in(folder)}
SAID = tomllib.loads((HERE / "workbook" / "expect.toml").read_text(encoding="utf-8"))
BOOKS = {name: SAID[name.rpartition(".")[0]] for name in FILES}
WHOLE = [name for name, expected in BOOKS.items() if expected.get("whole")]
STATUS = {"file_too_large": 413, "not_a_workbook": 415}
# A list of units may be longer than a workbook of reports, and costs what it costs.
OTHER_LIMITS = ("30-400000-rows.xlsx", "33-too-large.xlsx")


def test_every_workbook_has_its_verdict() -> None:
    assert {name.rpartition(".")[0] for name in FILES} == SAID.keys()


def _read(data: bytes, name: str) -> tuple[UnitList | None, list[Problem]]:
    try:
        listed = read_units(data, name)
    except Problems as refused:
        return None, list(refused.problems)
    return listed, check_units(listed)


def _look(data: bytes, name: str, expected: Expected) -> list[str]:
    """The codes of what is wrong, each with its file, place and sentence as they must be."""
    listed, problems = _read(data, name)

    assert all(problem.file == name and problem.message for problem in problems)
    assert all(len(problem.value or "") <= 40 for problem in problems)
    for what, found in (
        ("rows", [p.row for p in problems]),
        ("columns", [p.column for p in problems]),
    ):
        assert found == expected.get(what, found)
    hint = expected.get("hint", "")
    assert not problems or any(hint in problem.message for problem in problems)
    if listed is not None and not problems:
        assert [unit.name for unit in listed.units] == expected["names"]
        assert any(expected.get("note", "") in note for note in (*listed.notes, ""))
    return [problem.code for problem in problems]


@pytest.mark.parametrize("id_", CSV)
def test_a_list_is_read_or_refused_with_its_place(id_: str) -> None:
    path, expected = CSV[id_]

    assert _look(path.read_bytes(), path.name, expected) == expected.get("codes", [])


@pytest.mark.parametrize("name", [name for name in FILES if name not in OTHER_LIMITS])
def test_a_workbook_is_read_or_refused_with_its_place(name: str) -> None:
    assert _look(FILES[name](), name, BOOKS[name]) == BOOKS[name].get("codes", [])


@pytest.fixture(scope="module")
def world(
    new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """A small street whose doors are tried with whole files."""
    engine = db.make_engine(new_database("sqlite"))
    yield build(engine, units=1), tmp_path_factory.mktemp("files")
    engine.dispose()


def test_every_door_refuses_a_whole_file_in_the_same_words(world: tuple[World, Path]) -> None:
    place, folder = world
    settings = Settings(data=folder, database_url=str(place.engine.url), today=AT.date())
    client = TestClient(create_api(place.engine, settings), raise_server_exceptions=False,
                        headers={"Authorization": f"Bearer {place.token}"})  # fmt: skip

    commands = cycle([("report", "import"), ("users", "import", "--slips", str(folder / "slips"))])
    for name in WHOLE:
        data, code = FILES[name](), BOOKS[name]["codes"][0]
        answer = client.post("/imports?dry_run=true", files={"file": (name, data)})
        (folder / name).write_bytes(data)
        said = command_of(place, folder, *next(commands), str(folder / name), "--json")

        assert answer.status_code == STATUS.get(code, 422), (name, answer.text)
        if code != "file_too_large":  # the door itself has counted, and says so
            assert [each["code"] for each in answer.json()["problems"]] == [code], name
        assert [each["code"] for each in said["problems"]] == [code], (name, said)


@pytest.mark.parametrize("folder", LISTS)
def test_the_command_says_what_the_reader_says(operator: Operator, folder: str) -> None:
    cases = cases_in(folder)
    good = next((case for case in cases if case.is_accepted), cases[0])

    for case in (good, next(case for case in cases if not case.is_accepted)):
        said = operator("units", "import", case.path, "--dry-run", "--json")

        assert said.code == (0 if case.is_accepted else 2), case.id
        if not case.is_accepted:
            codes = [problem["code"] for problem in said.json["problems"]]
            assert codes == case.expected["codes"], case.id
