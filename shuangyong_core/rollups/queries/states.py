"""The states of a place and of the units below it: cells where something is below, else leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, bindparam, literal, null, select, union_all
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Target
from shuangyong_core.plans.queries.tree import has_children
from shuangyong_core.rollups.models import COUNTS, Cell, CellYtd, LeafState, LeafYtd
from shuangyong_core.rollups.queries.place import (
    AT_UNIT,
    NODE,
    Place,
    current,
    is_under,
)
from shuangyong_core.rollups.rules.lights import Tally

VALUES = ("numerator", "denominator", "as_of")
WITHIN = ("within_numerator", "within_denominator")
OF_TARGET = bindparam("of_target", type_=BigInteger())
TO_DEPTH = bindparam("to_depth", type_=Integer())
TARGET = Target.__table__


class Nodes(StrEnum):
    """Which nodes are looked at, seen from a place."""

    ITSELF = "itself"
    BELOW = "below"  # directly
    FAR_BELOW = "far_below"  # down to a depth


class State(NamedTuple):
    """A target at a unit, in a round or in the year (round None)."""

    unit: int
    path: str
    target: int
    round: int | None
    is_own: bool  # the unit's own work
    is_whole: bool  # with all below it; a childless unit's own is the whole
    tally: Tally  # nothing is overdue here: that depends on the day
    numerator: int | None
    denominator: int | None
    as_of: date | None
    within_numerator: int | None
    within_denominator: int | None


def read_states(
    session: Session,
    place: Place,
    nodes: Nodes,
    *,
    in_year: bool = False,
    target: int | None = None,
    to_depth: int | None = None,
) -> Sequence[State]:
    """This function will read the states of some nodes, by round or of the year to date."""
    statement = _statement(nodes, in_year=in_year, of_one=target is not None)
    asked = place.asked | {"of_target": target, "to_depth": to_depth}
    whole = not place.is_inner or nodes is not Nodes.ITSELF
    return [
        State(
            unit, path, target_, round_, is_leaf == 1, is_leaf == 0 or whole, Tally(*found[:8]),
            *found[8:],
        )
        for unit, path, target_, round_, is_leaf, *found in session.execute(statement, asked)
    ]  # fmt: skip


@cache
def _statement(nodes: Nodes, *, in_year: bool, of_one: bool) -> Any:
    """Cells of inner nodes, and leaves: the place's own, or of those that have nothing below."""
    cell, leaf = (CellYtd, LeafYtd) if in_year else (Cell, LeafState)
    inner = _read(cell.__table__, is_leaf=0).where(cell.__table__.c.tree == NODE.c.tree)
    own = _read(leaf.__table__, is_leaf=1)
    if nodes is not Nodes.ITSELF:
        own = own.where(~has_children(NODE))
    reads = [part.where(*current(NODE), which(nodes)) for part in (inner, own)]
    if of_one:
        reads = [part.where(TARGET.c.id == OF_TARGET) for part in reads]
    return union_all(*reads)


def which(nodes: Nodes) -> Any:
    """This function will say which nodes are looked at."""
    if nodes is Nodes.ITSELF:
        return NODE.c.unit == AT_UNIT
    if nodes is Nodes.BELOW:  # by its parent: a range of paths would be tried against every item
        return NODE.c.parent == AT_UNIT
    return is_under(NODE) & (NODE.c.unit != AT_UNIT) & (NODE.c.depth <= TO_DEPTH)


def _read(state: Any, *, is_leaf: int) -> Any:
    round_ = state.c.round if "round" in state.c else null().label("round")
    within = [null().label(name) if is_leaf else state.c[name] for name in WITHIN]
    in_plan = (TARGET.c.id == state.c.target) & (TARGET.c.plan == NODE.c.plan)
    return (
        select(NODE.c.unit, NODE.c.path, state.c.target, round_, literal(is_leaf).label("is_leaf"))
        .add_columns(*(state.c[name] for name in (*COUNTS, *VALUES)), *within)
        .select_from(NODE.join(state, state.c.unit == NODE.c.unit).join(TARGET, in_plan))
    )
