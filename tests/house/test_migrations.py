"""The history of the schema goes up from empty and leaves no difference from the models."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from shuangyong_core import db, migrations
from shuangyong_core.db import Base, make_engine
from shuangyong_core.migrations.tables import all_tables
from tests.house.layers import ROOT

KINDS = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


def differences(connection: Connection) -> list[object]:
    """This function will give what the models have and the database has not, and the reverse."""
    return compare_metadata(MigrationContext.configure(connection), all_tables())


@KINDS
def test_the_history_goes_up_from_empty_and_leaves_no_difference_from_the_models(
    kind: str, empty_database: Callable[[str], str]
) -> None:
    engine = make_engine(empty_database(kind))
    assert migrations.current(engine) is None

    migrations.upgrade(engine)

    assert migrations.current(engine) == migrations.newest()
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


@KINDS
def test_the_comparison_sees_a_column_that_only_the_database_has(
    kind: str, new_database: Callable[[str], str]
) -> None:
    engine = make_engine(new_database(kind))

    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE unit ADD COLUMN odd INTEGER"))

    with engine.connect() as connection:
        assert len(differences(connection)) == 1
    engine.dispose()


@KINDS
def test_a_second_upgrade_changes_nothing(kind: str, new_database: Callable[[str], str]) -> None:
    engine = make_engine(new_database(kind))
    before = inspect(engine).get_table_names()

    migrations.upgrade(engine)

    assert inspect(engine).get_table_names() == before
    assert set(before) == {*Base.metadata.tables, "alembic_version"}
    engine.dispose()


def test_an_upgrade_leaves_foreign_keys_switched_on(new_database: Callable[[str], str]) -> None:
    engine = make_engine(new_database("sqlite"))

    migrations.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()


@KINDS
def test_check_constraints_of_the_models_stand_in_the_database(
    kind: str, new_database: Callable[[str], str]
) -> None:
    # The comparison above does not look at checks.
    engine = make_engine(new_database(kind))
    looked_at = inspect(engine)

    for table in all_tables().sorted_tables:
        wanted = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
        there = {check["name"] for check in looked_at.get_check_constraints(table.name)}
        assert wanted == there, table.name
    engine.dispose()


@KINDS
def test_an_upgrade_that_fails_half_way_leaves_nothing_behind(
    kind: str, empty_database: Callable[[str], str]
) -> None:
    engine = make_engine(empty_database(kind))
    last = all_tables().sorted_tables[-1].name
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {last} (in_the_way INTEGER)"))

    with pytest.raises(DatabaseError):
        migrations.upgrade(engine)

    assert inspect(engine).get_table_names() == [last]
    engine.dispose()


@KINDS
def test_two_processes_that_upgrade_at_once_both_succeed(
    kind: str, empty_database: Callable[[str], str]
) -> None:
    url = empty_database(kind)
    program = (
        "import sys; from shuangyong_core import db, migrations; "
        "migrations.upgrade(db.make_engine(sys.argv[1]))"
    )

    both = [subprocess.Popen([sys.executable, "-c", program, url], cwd=ROOT) for _ in range(2)]

    assert [process.wait(timeout=300) for process in both] == [0, 0]
    engine = make_engine(url)
    assert migrations.current(engine) == migrations.newest()
    engine.dispose()


def test_who_opens_a_new_file_that_another_writes_to_waits(
    empty_database: Callable[[str], str],
) -> None:
    url = empty_database("sqlite")
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(migrations.current, make_engine(url))
        with pytest.raises(TimeoutError):
            opened.result(0.3)
        other.execute("COMMIT")

        assert opened.result(60) is None
    other.close()


def test_who_upgrades_second_waits_as_long_as_the_first_needs(
    empty_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "PATIENCE", 0.1)
    first, second = (make_engine(empty) for empty in [empty_database("sqlite")] * 2)

    with ThreadPoolExecutor(1) as pool:
        with first.begin():
            upgraded = pool.submit(migrations.upgrade, second)
            with pytest.raises(TimeoutError):
                upgraded.result(1)

        upgraded.result(60)
    assert migrations.current(first) == migrations.newest()
    with second.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 100
    for engine in (first, second):
        engine.dispose()
