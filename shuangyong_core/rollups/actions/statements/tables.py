"""Which tables the statements read and write: the real ones, a shadow, what is new beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from shuangyong_core.db import UtcDateTime, table_of
from shuangyong_core.rollups.models import Cell, CellYtd, LeafState, LeafYtd

VALUES = ("numerator", "denominator", "as_of", "as_of_code")

# A statement is built once and run with these: building costs more than running.
PLANS = bindparam("of_plans", expanding=True, type_=BigInteger())
TREE = bindparam("in_tree", type_=String(16))
DEPTH = bindparam("at_depth", type_=Integer())
FOLD = bindparam("by_fold", type_=BigInteger())

_TEMPORARY = MetaData()


@dataclass(frozen=True, slots=True)
class Grain:
    """Leaf and cell tables of one grain: by round, or the year to date."""

    leaf: Table
    cell: Table
    under: Grain | None = None  # where all lies that is not dirty; none: everything is built here

    @property
    def layers(self) -> tuple[Grain, ...]:
        """This function will give what is to be read, the new before what lies under it."""
        return (self,) if self.under is None else (self, self.under)

    @property
    def keys(self) -> tuple[str, ...]:
        """This function will name what a value is kept by, beside its unit."""
        return tuple(name for name in ("target", "round") if name in self.leaf.c)


@dataclass(frozen=True, slots=True)
class Tables:
    """The four tables a fold writes."""

    by_round: Grain
    ytd: Grain

    @property
    def grains(self) -> tuple[Grain, Grain]:
        """This function will give both grains."""
        return self.by_round, self.ytd

    @property
    def each(self) -> tuple[Table, ...]:
        """This function will give all four."""
        return tuple(table for grain in self.grains for table in (grain.leaf, grain.cell))

    @property
    def only_dirty(self) -> bool:
        """This function will say that only the dirty keys are built here."""
        return self.by_round.under is not None


def _like(name: str, table: Table) -> Table:
    columns = [Column(c.name, c.type, primary_key=c.primary_key) for c in table.columns]
    return Table(f"{name}_{table.name}", _TEMPORARY, *columns, prefixes=["TEMPORARY"])


def _beside(name: str, kept: Tables, *, only_dirty: bool) -> Tables:
    by_round, ytd = (
        Grain(_like(name, grain.leaf), _like(name, grain.cell), grain if only_dirty else None)
        for grain in kept.grains
    )
    return Tables(by_round, ytd)


REAL = Tables(
    Grain(table_of(LeafState), table_of(Cell)), Grain(table_of(LeafYtd), table_of(CellYtd))
)
SHADOW = _beside("shadow", REAL, only_dirty=False)
NEW = _beside("new", REAL, only_dirty=True)


def _scratch(name: str, *columns: Column[Any]) -> Table:
    return Table(name, _TEMPORARY, *columns, prefixes=["TEMPORARY"])


def _key(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


MARKED = _scratch(
    "fold_mark",
    _key("id"),
    Column("unit", BigInteger),
    Column("target", BigInteger),
    Column("round", BigInteger),
)
DIRTY_LEAF = _scratch("fold_leaf", _key("unit"), _key("target"), _key("round"))
DIRTY_CELL = _scratch(
    "fold_cell",
    Column("tree", String(16), primary_key=True),
    Column("depth", Integer, primary_key=True),
    _key("unit"),
    _key("target"),
    _key("round"),
)
DIRTY = (MARKED, DIRTY_LEAF, DIRTY_CELL)
COUNTED_NOW = _scratch(
    "new_counted",
    *(_key("target"), _key("unit"), _key("round")),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("at", UtcDateTime),
)


def clear(session: Session, tables: tuple[Table, ...]) -> None:
    """This function will give these temporary tables, empty; they stay with the connection."""
    for table in tables:
        session.execute(CreateTable(table, if_not_exists=True))
        session.execute(delete(table))
