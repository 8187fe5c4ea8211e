"""Putting what was built beside the writers in its place: what is new, and what is gone."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Delete, Insert, Table, and_, delete, exists, insert, literal, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shuangyong_core.db import database_of
from shuangyong_core.rollups.actions.statements.tables import DIRTY_CELL, DIRTY_LEAF, NEW, REAL

PAIRS = tuple(zip(NEW.each, REAL.each, strict=True))
Upsert = sqlite.Insert | postgresql.Insert


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]


@cache
def note_gone() -> list[Insert]:
    """This function will name the dirty keys that are kept and were not built again.

    Their row among the new expects nothing: no row that was built does.
    """
    return [_gone(built, kept) for built, kept in PAIRS]


def _gone(built: Table, kept: Table) -> Insert:
    keys = _keys(kept)
    dirty = DIRTY_CELL if "tree" in keys else DIRTY_LEAF
    named = select(*(dirty.c[name] for name in keys)).distinct().subquery("named")
    is_kept = and_(*(kept.c[name] == named.c[name] for name in keys))
    is_built = exists().where(*(built.c[name] == named.c[name] for name in keys))
    found = select(*(named.c[name] for name in keys)).join(kept, is_kept).where(~is_built)
    return insert(built).from_select(keys, found)


def write_down(session: Session, *, fold: int) -> None:
    """This function will write the new rows over the old ones and delete those that are gone."""
    for built, kept in PAIRS:
        session.execute(_forget(built, kept))
        session.execute(_write(built, kept, database=database_of(session), fold=fold))


@cache
def _forget(built: Table, kept: Table) -> Delete:
    keys = _keys(kept)
    gone = select(*(built.c[name] for name in keys)).where(built.c.expected.is_(None))
    return delete(kept).where(tuple_(*(kept.c[name] for name in keys)).in_(gone))


def _write(built: Table, kept: Table, *, database: str, fold: int) -> Upsert:
    keys, names = _keys(kept), [column.name for column in kept.columns]
    columns = [literal(fold) if name == "fold" else built.c[name] for name in names]
    rows = select(*columns).where(built.c.expected.is_not(None))
    bare = sqlite.insert(kept) if database == "sqlite" else postgresql.insert(kept)
    written = bare.from_select(names, rows)
    over = {name: written.excluded[name] for name in names if name not in keys}
    return written.on_conflict_do_update(index_elements=keys, set_=over)
