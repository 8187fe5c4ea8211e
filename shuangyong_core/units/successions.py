"""Who went on for whom: which units are gone, who their successors are, and the trees of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.units.models import Tree, Unit, UnitLink, UnitSuccession

MANY = 5000  # ids in one statement
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Succession:
    """One line of a unit's history: what became of it, and who goes on for it."""

    old: str
    new: str  # empty when nobody does
    new_name: str
    date: date
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit hangs in one tree today, and since when."""

    parent: int | None
    since: date


def list_successions(session: Session, codes: Collection[str]) -> Sequence[Succession]:
    """This function will list what became of units, oldest first."""
    old, new = aliased(Unit), aliased(Unit)
    found = []
    for some in in_parts(codes):
        rows = (
            select(old.code, new.code, new.name, UnitSuccession.date, UnitSuccession.kind)
            .select_from(UnitSuccession)
            .join(old, old.id == UnitSuccession.old)
            .join(new, new.id == UnitSuccession.new, isouter=True)
            .where(old.code.in_(some))
            .order_by(UnitSuccession.id)
        )
        found += [
            Succession(code, after or "", name or "", day, kind)
            for code, after, name, day, kind in session.execute(rows)
        ]
    return found


def has_successions(session: Session) -> bool:
    """This function will say whether any unit goes on for another."""
    return session.scalar(select(UnitSuccession.id).limit(1)) is not None


def lines_above(session: Session, units: Collection[int], *, tree: Tree) -> dict[int, Standing]:
    """This function will give these units and all above them, as they stand today."""
    found: dict[int, Standing] = {}
    wanted = set(units)
    while wanted:
        above: dict[int, Standing] = {}
        for some in in_parts(wanted):
            rows = select(UnitLink.unit, UnitLink.parent, UnitLink.valid_from).where(
                UnitLink.tree == str(tree), UnitLink.valid_to.is_(None), UnitLink.unit.in_(some)
            )
            above |= {unit: Standing(up, since) for unit, up, since in session.execute(rows)}
        found |= above
        wanted = {one.parent for one in above.values() if one.parent is not None} - found.keys()
    return found


def children_today(
    session: Session, units: Collection[int], *, tree: Tree
) -> Mapping[int, list[int]]:
    """This function will list the units directly under each of these, by code."""
    found: dict[int, list[int]] = {}
    for some in in_parts(units):
        rows = (
            select(UnitLink.parent, UnitLink.unit)
            .join(Unit, Unit.id == UnitLink.unit)
            .where(UnitLink.tree == str(tree), UnitLink.valid_to.is_(None))
            .where(UnitLink.parent.in_(some))
            .order_by(Unit.code)
        )
        for parent, unit in session.execute(rows):
            if parent is not None:
                found.setdefault(parent, []).append(unit)
    return found


def in_parts(keys: Iterable[Key]) -> Iterator[Sequence[Key]]:
    """This function will give keys in parts that fit into one statement."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]
