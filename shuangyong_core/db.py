"""The database: one engine, write transactions that never fail half way, read transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from shuangyong_core.connecting import prepare
from shuangyong_core.turns import Turns, file_of

WRITES = "shuangyong_writes"
PATIENCE = 15.0  # seconds for the one writer SQLite has; then it is said that it is busy
_TURNS: WeakKeyDictionary[Engine, Turns] = WeakKeyDictionary()
_LOCK = threading.Lock()
# SQLite only counts up by itself on INTEGER; PostgreSQL needs eight bytes.
BigId = BigInteger().with_variant(Integer, "sqlite")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def code_text(length: int) -> String:
    """This function will give a text that both databases order alike: by code point."""
    # PostgreSQL would order by the words of a language, and put "~" or "-" where that says.
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite keeps it as text of fixed width, so order is time order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """This function will refuse a naive instant: it would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        aware = value.astimezone(UTC)
        return aware.replace(tzinfo=None) if dialect.name == "sqlite" else aware

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """This function will give the instant back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the product hangs here."""

    metadata = MetaData(naming_convention=NAMING)


def make_engine(url: str, **options: Any) -> Engine:
    """This function will open the database at `url`, SQLite in WAL with synchronous=FULL."""
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", partial(prepare, patience=PATIENCE))
        event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _turn(engine: Engine) -> AbstractContextManager[None]:
    if engine.dialect.name != "sqlite":
        return nullcontext()
    with _LOCK:
        turns = _TURNS.get(engine) or _TURNS.setdefault(engine, Turns(file_of(engine.url.database)))
    return turns.mine(patience=PATIENCE)


@contextmanager
def write(engine: Engine) -> Iterator[Session]:
    """This function will run one write transaction: all of it is kept, or nothing."""
    with _turn(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def read(engine: Engine) -> Iterator[Session]:
    """This function will give a session that sees one state of the database and writes nothing."""
    options = {WRITES: False}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # type: ignore[dict-item]
    with Session(engine.execution_options(**options), expire_on_commit=False) as session:
        try:
            yield session
        finally:
            # What was read stays readable: a rollback would empty every object still held.
            session.expunge_all()
            session.rollback()


class Beside:
    """One connection that reads beside the writers and then writes: temporary tables go along."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine, self._connection = engine, connection

    @contextmanager
    def read(self) -> Iterator[Session]:
        """This function will give a session that sees one state and holds no writer up."""
        with self._session(writes=False) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """This function will run one write transaction when its turn comes."""
        with _turn(self._engine), self._session(writes=True) as session, session.begin():
            yield session

    def _session(self, *, writes: bool) -> Session:
        return Session(self._connection.execution_options(**{WRITES: writes}))


@contextmanager
def beside(engine: Engine) -> Iterator[Beside]:
    """This function will give one connection for reading much and then writing little."""
    with engine.connect() as connection:
        yield Beside(engine, connection)


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """This function will give the insert of the database in use, with its ON CONFLICT."""
    bare = table_of(table)
    return sqlite.insert(bare) if database_of(session) == "sqlite" else postgresql.insert(bare)


def database_of(session: Session) -> str:
    """This function will name the database in use: sqlite or postgresql."""
    return session.get_bind().dialect.name


def quiet_insert(database: str, table: Table, *, conflict: Sequence[str]) -> Insert:
    """This function will give the insert of a row just found missing: who is late writes none."""
    if database == "sqlite":
        # It has one writer: what this transaction did not find, nobody has written since. And an
        # insert with ON CONFLICT is compiled anew each time.
        return insert(table)
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=conflict)


def table_of(kept: type[Base]) -> Table:
    """This function will give the bare table of a model: what is asked often goes past the ORM."""
    table = kept.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{kept.__name__} is not one table")
    return table
