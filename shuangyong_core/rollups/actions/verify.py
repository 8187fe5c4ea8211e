"""The recount: builds a shadow from the same facts and compares it with what is kept, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.rollups.actions.build import build
from shuangyong_core.rollups.actions.fold import marked_plans, note_cells, note_leaves
from shuangyong_core.rollups.actions.statements import dirty
from shuangyong_core.rollups.actions.statements.tables import (
    DIRTY,
    DIRTY_CELL,
    DIRTY_LEAF,
    REAL,
    SHADOW,
    VALUES,
    clear,
)
from shuangyong_core.rollups.models import COUNTS

KEYS = ("tree", "unit", "target", "round")
FIELDS = (*COUNTS, *VALUES, "within_numerator", "within_denominator")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is kept otherwise than the recount gives it; a missing row has no values."""

    table: str
    tree: str | None
    unit: int
    target: int
    round: int | None
    field: str
    kept: str | None
    recounted: str | None


def verify(session: Session) -> list[Difference]:
    """This function will list every difference; keys that wait for the fold are left out.

    It needs a transaction of its own that may write: the shadow is made of temporary tables.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    clear(session, (*DIRTY, *SHADOW.each))
    session.execute(dirty.take_marks())
    note_leaves(session)
    note_cells(session, plans=marked_plans(session))
    plans = session.scalars(select(Plan.id)).all()
    build(session, SHADOW, plans=plans)
    found: list[Difference] = []
    for kept, shadow in zip(REAL.grains, SHADOW.grains, strict=True):
        found += _differences(session, kept.leaf, shadow.leaf, DIRTY_LEAF)
        found += _differences(session, kept.cell, shadow.cell, DIRTY_CELL)
    return found


def _differences(
    session: Session, kept: Table, shadow: Table, waiting: Table
) -> Iterator[Difference]:
    keys = [name for name in KEYS if name in kept.c]
    fields = [name for name in FIELDS if name in kept.c]
    for row in session.execute(_unlike(kept, shadow, waiting, keys, fields)).mappings():
        key = {name: row[name] for name in keys}
        for field in fields:
            mine, theirs = row[f"kept_{field}"], row[f"recounted_{field}"]
            if mine != theirs:
                yield Difference(
                    table=kept.name,
                    tree=key.get("tree"),
                    unit=key["unit"],
                    target=key["target"],
                    round=key.get("round"),
                    field=field,
                    kept=None if mine is None else str(mine),
                    recounted=None if theirs is None else str(theirs),
                )


def _unlike(
    kept: Table, shadow: Table, waiting: Table, keys: list[str], fields: list[str]
) -> Select[Any]:
    same = and_(*(kept.c[name] == shadow.c[name] for name in keys))
    key = {name: func.coalesce(kept.c[name], shadow.c[name]) for name in keys}
    differs = or_(*(kept.c[name].is_distinct_from(shadow.c[name]) for name in fields))
    waits = exists().where(*(waiting.c[name] == key[name] for name in keys))
    return (
        select(*(column.label(name) for name, column in key.items()))
        .add_columns(*(kept.c[name].label(f"kept_{name}") for name in fields))
        .add_columns(*(shadow.c[name].label(f"recounted_{name}") for name in fields))
        .select_from(kept.outerjoin(shadow, same, full=True))
        .where(differs, ~waits)
        .order_by(*key.values())
    )
