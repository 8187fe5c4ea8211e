"""The temporary tables a cascade works in: units of one branch, and a row a target and unit.

They belong to one connection, so two branches never meet and a killed launch leaves nothing.
They stay for the next branch of that connection: its statements are then prepared only once.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    Executable,
    Index,
    Integer,
    MetaData,
    Table,
    bindparam,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from shuangyong_core.db import code_text

_metadata = MetaData()

UNITS = Table(
    "cascade_unit",
    _metadata,
    Column("unit", BigInteger, primary_key=True, autoincrement=False),
    Column("parent", BigInteger),
    Column("depth", Integer, nullable=False),
    Column("code", code_text(40), nullable=False),
    Column("kind", code_text(24), nullable=False),
    Index("ix_cascade_unit_kind", "kind"),
    prefixes=["TEMPORARY"],
)

# Units far below, counted: by kind under one unit each, with the sums of a base ("": none).
CROWD = Table(
    "cascade_crowd",
    _metadata,
    Column("is_fine", Integer, primary_key=True, autoincrement=False),
    Column("unit", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", code_text(24), primary_key=True),
    Column("base", code_text(40), primary_key=True),
    Column("parent", BigInteger),
    Column("code", code_text(40), nullable=False),
    Column("units", BigInteger, nullable=False),
    Column("valued", BigInteger, nullable=False),  # how many of them have the base
    Column("total", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)

# A holder that also reports is one party among its children: that party is a row of its own
# one level below the holder, with is_own = 1 and the holder as unit and as parent.
WORK = Table(
    "cascade_work",
    _metadata,
    Column("depth", Integer, primary_key=True, autoincrement=False),
    Column("target", BigInteger, primary_key=True, autoincrement=False),
    Column("unit", BigInteger, primary_key=True, autoincrement=False),
    Column("parent", BigInteger),
    Column("code", code_text(40), nullable=False),
    Column("counted", Integer, nullable=False),  # by the product: no form, nothing due
    Column("reports", Integer, nullable=False),
    Column("holds", Integer, nullable=False),
    Column("is_own", Integer, nullable=False),
    Column("measured", Integer, nullable=False),  # has a quota: a total or a value for each
    Column("weight", BigInteger),  # in the split of a total; NULL: no base to weigh it by
    Column("each", BigInteger, nullable=False),  # goals "each" of it and all below
    Column("share", BigInteger, nullable=False),  # of the total
    Column("version", Integer, nullable=False),  # of the content it reports by
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)


def clear_work(session: Session) -> None:
    """This function will give the tables, empty."""
    connection = session.connection()
    for table in (UNITS, CROWD, WORK):
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
        connection.execute(table.delete())


def analyse(session: Session, *tables: Table) -> None:
    """This function will let PostgreSQL count temporary tables, which it never does by itself."""
    if dialect_of(session) == "postgresql":
        for table in tables:
            session.execute(text(f"ANALYZE {table.name}"))


def dialect_of(session: Session) -> str:
    """This function will name the database in use; statements are built once for each."""
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: Any) -> Any:
    """This function will give the insert of a database, with its ON CONFLICT."""
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)


def integer(name: str) -> BindParameter[int]:
    """This function will give the place of a whole number in a statement."""
    return bindparam(name, type_=BigInteger)


def run(session: Session, statement: Executable, **values: object) -> int:
    """This function will run one statement of the cascade and give how many rows it touched."""
    # Without it psycopg's count of an INSERT is lost.
    keep = {"preserve_rowcount": True}
    return session.connection().execute(statement, values, execution_options=keep).rowcount
