"""Every foreign key points to the same part or to one lower down."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData, Table

from shuangyong_core.db import Base
from shuangyong_core.migrations.tables import all_tables, part_models
from tests.house.layers import parts


def part_of_tables() -> dict[str, str]:
    """This function will give the part in whose models each table is declared."""
    bare = {
        table.name: module.split(".")[1]
        for module in part_models()
        for table in vars(import_module(module)).values()
        if isinstance(table, Table)
    }
    return bare | {
        str(mapper.local_table.name): mapper.class_.__module__.split(".")[1]  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }


def keys_that_point_up(tables: MetaData, owners: dict[str, str], order: list[str]) -> list[str]:
    """This function will give the keys that point to a higher part; `order` is bottom up."""
    rank = {part: number for number, part in enumerate(order)}
    return [
        f"{table.name}.{key.parent.name} -> {key.column.table.name}"
        for table in tables.sorted_tables
        for key in table.foreign_keys
        if rank[owners[key.column.table.name]] > rank[owners[table.name]]
    ]


def test_every_foreign_key_points_down() -> None:
    tables = all_tables()

    assert keys_that_point_up(tables, part_of_tables(), parts()) == []


def test_a_foreign_key_that_points_up_is_seen() -> None:
    tables = all_tables()

    upside_down = keys_that_point_up(tables, part_of_tables(), parts()[::-1])

    assert "plan.issuer -> unit" in upside_down


def test_every_table_belongs_to_a_part() -> None:
    tables = all_tables()

    assert set(tables.tables) == set(part_of_tables())
    assert set(part_of_tables().values()) <= set(parts())
