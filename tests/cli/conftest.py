"""A desk of the test's own: a data folder, commands run in this process, dumps to compare."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.cli.app import run
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.examples.recount import LINJIANG
from tests.fixtures.databases import World
from tests.reports.place import Street, quiet_street

TODAY = "2026-07-08"  # R2 is open


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


class Operator:
    """Somebody at a terminal of 80 columns."""

    def __init__(self, folder: Path, url: str, capsys: pytest.CaptureFixture[str],
                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
        self.folder, self.url = folder, url
        self.made: Any = None  # what the building of the database gave
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Said:
        """Runs one command in this process."""
        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            run([str(word) for word in words])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err, said.err
        return Said(int(left.value.code or 0), said.out, said.err)

    def done(self, *words: str | Path, stdin: bytes = b"") -> Said:
        """Runs a command that must be done."""
        said = self(*words, stdin=stdin)
        assert said.code == 0, said.err
        return said

    def refused(self, *words: str | Path, stdin: bytes = b"") -> str:
        """Runs a command that must be refused and leave the database as it was."""
        before = self.dump()
        said = self(*words, stdin=stdin)
        assert said.code == 2, said
        assert said.out == ""
        assert self.dump() == before
        return said.err

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but the record, which keeps the refusals."""
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
            return {
                table.name: sorted(connection.execute(f'SELECT * FROM "{table.name}"'), key=repr)
                for table in db.Base.metadata.sorted_tables
                if table.name != "audit_entry"
            }

    def file(self, name: str, content: str | bytes) -> Path:
        """Writes a file beside the data folder."""
        path = self.folder.parent / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def bare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Operator:
    """An operator before anything is installed."""
    folder = tmp_path / "data"
    for name, value in {"DATA": str(folder), "TODAY": TODAY}.items():
        monkeypatch.setenv(f"SHUANGYONG_{name}", value)
    monkeypatch.setenv("COLUMNS", "80")
    return Operator(folder, f"sqlite:///{folder / 'shuangyong.db'}", capsys, monkeypatch)


def district_units(engine: Engine) -> None:
    """The units of the invented district."""
    listed = read_units((LINJIANG / "units.csv").read_bytes(), "units.csv")
    at = datetime.combine(date.fromisoformat(TODAY), time(2), UTC)
    with db.write(engine) as session:
        import_units(session, listed, actor="operator:test", at=at)


@pytest.fixture
def operator(
    bare: Operator,
    new_database: Callable[[str], str],
    new_world: Callable[[str, World], tuple[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Operator:
    """An operator over a database that is empty, or holds what the test asks for."""
    worlds: dict[str, World] = {"street": quiet_street, "district": district_units}
    world = next((each for name, each in worlds.items() if name in request.fixturenames), None)
    bare.folder.mkdir(mode=0o700)
    if world is None:
        bare.url = new_database("sqlite")
    else:
        bare.url, bare.made = new_world("sqlite", world)
    monkeypatch.setenv("SHUANGYONG_DATABASE_URL", bare.url)
    return bare


@pytest.fixture
def engine_of(operator: Operator) -> Engine:
    """The operator's database, for what no command can do."""
    return db.make_engine(operator.url)


@pytest.fixture
def street(operator: Operator, engine_of: Engine) -> Street:
    """A street with an open round, its people as accounts."""
    return replace(operator.made, engine=engine_of)  # type: ignore[no-any-return]


@pytest.fixture
def linjiang(root: Path) -> Path:
    """The folder of the invented district."""
    return root / "examples" / "linjiang"


@pytest.fixture
def district(operator: Operator) -> Operator:
    """An operator over the units of the invented district."""
    return operator
