"""One history of the schema for SQLite and PostgreSQL: brings a database up, says where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from shuangyong_core import db

HERE = Path(__file__).parent
# Any number will do, as long as every process uses the same.
UPGRADE_LOCK = 8_10_1927
UPGRADE_PATIENCE = 3600  # seconds, on SQLite; PostgreSQL waits without end


def upgrade(engine: Engine) -> None:
    """This function will bring the database to the newest schema, all of it or nothing."""
    with _one_at_a_time(engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current(engine: Engine) -> str | None:
    """This function will give the revision the database stands at; None is an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """This function will give the revision this version of the product needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def configuration() -> Config:
    """This function will give Alembic's settings; no file of settings is needed."""
    config = Config()
    # Alembic reads a percent sign as the start of a name.
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
                yield connection
            return
        # A table that is rebuilt is dropped on the way: its children must not go with it. The
        # switch works outside a transaction only; BEGIN IMMEDIATE is the lock. Who comes second
        # waits as long as the first needs, and that may be minutes.
        _pragma(connection, "foreign_keys=OFF")
        _pragma(connection, f"busy_timeout={UPGRADE_PATIENCE * 1000}")
        try:
            with connection.begin():
                yield connection
                orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
                if orphans:
                    raise RuntimeError(f"rows without their parent after the upgrade: {orphans}")
        finally:
            _pragma(connection, "foreign_keys=ON")
            _pragma(connection, f"busy_timeout={db.PATIENCE * 1000:.0f}")


def _pragma(connection: Connection, setting: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()
