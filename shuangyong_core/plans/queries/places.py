"""Where many units stand in today's tree of a plan: with all above them, or what is under them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import LEVEL, Edition, Node
from shuangyong_core.units.models import Tree
from shuangyong_core.units.successions import in_parts


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A unit's node: under whom, by which path, and whether it only keeps its figures."""

    unit: int
    parent: int | None
    path: str
    is_silent: bool


def current_edition(session: Session, plan: int) -> int:
    """This function will give the number of the edition that stands."""
    return session.scalar(select(func.max(Edition.no)).where(Edition.plan == plan)) or 1


def places_of(
    session: Session, plan_id: int, units: Collection[int], *, tree: Tree
) -> dict[int, PlaceRow]:
    """This function will give the nodes of those of these units that are in the plan."""
    found: dict[int, PlaceRow] = {}
    for some in in_parts(set(units)):
        rows = session.execute(_nodes(plan_id, tree).where(Node.unit.in_(some)))
        found |= {row.unit: PlaceRow(*row) for row in rows}
    return found


def lines_of_places(
    session: Session, plan_id: int, units: Collection[int], *, tree: Tree
) -> dict[int, PlaceRow]:
    """This function will give the nodes of these units and of all above them."""
    found = places_of(session, plan_id, units, tree=tree)
    paths = {row.path[:end] for row in found.values() for end in range(LEVEL, len(row.path), LEVEL)}
    for some in in_parts(paths):
        rows = session.execute(_nodes(plan_id, tree).where(Node.path.in_(some)))
        found |= {row.unit: PlaceRow(*row) for row in rows}
    return found


def places_under(
    session: Session, plan_id: int, units: Collection[int], *, tree: Tree
) -> dict[int, list[PlaceRow]]:
    """This function will list the nodes directly under each of these units."""
    found: dict[int, list[PlaceRow]] = {}
    for some in in_parts(set(units)):
        rows = session.execute(_nodes(plan_id, tree).where(Node.parent.in_(some)))
        for row in rows:
            if row.parent is not None:
                found.setdefault(row.parent, []).append(PlaceRow(*row))
    return found


def _nodes(plan_id: int, tree: Tree) -> Select[tuple[int, int | None, str, bool]]:
    return (
        select(Node.unit, Node.parent, Node.path, Node.is_silent)
        .where(Node.plan == plan_id, Node.tree == tree.value, Node.to_edition.is_(None))
        .order_by(Node.path)
    )
