"""Changing the trees of the units: links end and begin on a date, and who goes on is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, insert, update
from sqlalchemy.orm import Session

from shuangyong_core.db import table_of
from shuangyong_core.units.models import SuccessionKind, Tree, Unit, UnitLink, UnitSuccession

LINK = table_of(UnitLink)
OPEN = and_(
    LINK.c.tree == bindparam("in_tree"),
    LINK.c.unit == bindparam("of_unit"),
    LINK.c.valid_to.is_(None),
)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A unit under another parent from a date on."""

    tree: Tree
    unit: int
    parent: int | None
    since: date
    began: date | None  # when the link of today began; none for a new unit


@dataclass(frozen=True, slots=True)
class Heir:
    """Who goes on for a unit; nobody, when it is abolished outright."""

    old: int
    new: int | None
    since: date
    kind: SuccessionKind


def found_unit(session: Session, *, code: str, kind: str, name: str) -> int:
    """This function will keep a new unit and give its id."""
    unit = Unit(code=code, kind=kind, name=name)
    session.add(unit)
    session.flush()
    return unit.id


def relink(session: Session, links: Sequence[NewLink]) -> None:
    """This function will hang units elsewhere; the links of before end on the same date."""
    # One that began on that very date never held for a day: it is put right in place.
    same = [_key(link) | {"to": link.parent} for link in links if link.began == link.since]
    _run(session, update(LINK).where(OPEN).values(parent=bindparam("to")), same)
    moved = [link for link in links if link.began != link.since]
    _end(session, [link for link in moved if link.began is not None])
    fresh = [
        {"tree": str(x.tree), "unit": x.unit, "parent": x.parent, "valid_from": x.since}
        for x in moved
    ]
    _run(session, insert(LINK), fresh)


def end_links(session: Session, units: Sequence[tuple[int, date]]) -> None:
    """This function will take units out of both trees from a date on."""
    _end(session, [NewLink(tree, unit, None, day, None) for unit, day in units for tree in Tree])


def keep_heirs(session: Session, heirs: Sequence[Heir]) -> None:
    """This function will keep who goes on for whom."""
    rows = [
        {"old": one.old, "new": one.new, "date": one.since, "kind": str(one.kind)} for one in heirs
    ]
    _run(session, insert(table_of(UnitSuccession)), rows)


def _end(session: Session, links: Sequence[NewLink]) -> None:
    rows = [_key(link) | {"since": link.since} for link in links]
    _run(session, update(LINK).where(OPEN).values(valid_to=bindparam("since")), rows)


def _key(link: NewLink) -> dict[str, Any]:
    return {"in_tree": str(link.tree), "of_unit": link.unit}


def _run(session: Session, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)
