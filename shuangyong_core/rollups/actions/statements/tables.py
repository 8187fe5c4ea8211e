"""Which tables the statements read and write: the real ones, a shadow, the dirty keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

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


def _shadow(table: Table) -> Table:
    columns = [Column(c.name, c.type, primary_key=c.primary_key) for c in table.columns]
    return Table(f"shadow_{table.name}", _TEMPORARY, *columns, prefixes=["TEMPORARY"])


def _grains(cells: tuple[Table, Table, Table, Table]) -> Tables:
    return Tables(Grain(cells[0], cells[1]), Grain(cells[2], cells[3]))


_KEPT = cast(
    "tuple[Table, Table, Table, Table]",
    (LeafState.__table__, Cell.__table__, LeafYtd.__table__, CellYtd.__table__),
)
REAL = _grains(_KEPT)
SHADOW = _grains((_shadow(_KEPT[0]), _shadow(_KEPT[1]), _shadow(_KEPT[2]), _shadow(_KEPT[3])))


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
SHADOWS = tuple(table for grain in SHADOW.grains for table in (grain.leaf, grain.cell))


def clear(session: Session, tables: tuple[Table, ...]) -> None:
    """This function will give these temporary tables, empty; they stay with the connection."""
    for table in tables:
        session.execute(CreateTable(table, if_not_exists=True))
        session.execute(delete(table))
