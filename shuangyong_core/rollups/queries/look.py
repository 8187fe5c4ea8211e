"""One look from one place on one day: each thing is read once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import LEVEL, Round
from shuangyong_core.plans.queries.tree import has_children
from shuangyong_core.rollups.queries.goals import read_targets
from shuangyong_core.rollups.queries.late import Late, read_late
from shuangyong_core.rollups.queries.place import (
    IN_PLAN,
    NODE,
    UNIT,
    Place,
    UnitRef,
    current,
    place_of,
    unit_columns,
)
from shuangyong_core.rollups.queries.quotas import Close
from shuangyong_core.rollups.queries.states import Nodes, State, read_states, which
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree

Key = TypeVar("Key")


class Look:
    """What the numbers over a page are put together from; of one target, or of all."""

    def __init__(
        self,
        session: Session,
        plan: int,
        unit: int,
        *,
        today: date,
        tree: Tree = Tree.RESPONSIBILITY,
        target: int | None = None,
        levels: int = 1,
    ) -> None:
        """This function will find the place; raises NoPlace."""
        self.session, self.today, self.target = session, today, target
        self.close: Close | None = None  # of a round that is over: its goals are those of then
        self.place: Place = place_of(session, plan, unit, tree=tree)
        self.to_depth = self.place.depth + levels
        self.below = Nodes.BELOW if levels == 1 else Nodes.FAR_BELOW

    @cached_property
    def rounds(self) -> dict[int, Any]:
        """The rounds of the year by their date, by id."""
        rows = self.session.execute(_rounds(), self.place.asked)
        return {row.id: row for row in rows}

    @cached_property
    def targets(self) -> dict[int, Any]:
        """The targets as the current version of the plan has them, in its order, by id; of a
        round that is over, as they stood at its close."""
        return {row.id: row for row in read_targets(self.session, self.place.plan, self.close)}

    @cached_property
    def children(self) -> Sequence[Any]:
        """The units below: parent, depth, whether childless, and the unit's own columns."""
        asked = self.place.asked | {"to_depth": self.to_depth}
        return self.session.execute(_children(self.below), asked).all()

    @cached_property
    def here(self) -> Sequence[State]:
        """The unit's own states by round, and those with all below it."""
        return self._with_late(self.read(Nodes.ITSELF))

    @cached_property
    def beneath(self) -> Sequence[State]:
        """The states by round of the units below."""
        return self._with_late(self.read(self.below))

    def read(self, nodes: Nodes, *, in_year: bool = False) -> Sequence[State]:
        """This function will read states as they are kept."""
        return read_states(
            self.session, self.place, nodes,
            in_year=in_year, target=self.target, to_depth=self.to_depth,
        )  # fmt: skip

    def owed(self, states: Iterable[State], *, round: int | None) -> list[State]:
        """This function will keep the items of rounds that have opened, or of one round.

        What the product counts by itself is no item: nobody owes it.
        """
        if round is None:
            rounds = {each.id for each in self.rounds.values() if each.opens_on <= self.today}
        else:
            rounds = {round}
        return [one for one in self.asked_for(states) if one.round in rounds]

    def asked_for(self, states: Iterable[State]) -> list[State]:
        """This function will leave out what the product counts by itself."""
        asked = {row.id for row in self.targets.values() if row.automatic is None}
        return [one for one in states if one.target in asked]

    @cached_property
    def _late(self) -> Late:
        length = LEVEL * (self.to_depth + 1)
        return read_late(self.session, self.place, self.today, length=length, target=self.target)

    def _with_late(self, states: Sequence[State]) -> Sequence[State]:
        return [self._late.add_to(one) for one in states]


def added(states: Iterable[State], key: Callable[[State], Key]) -> dict[Key, Tally]:
    """This function will add tallies up by a key."""
    found: dict[Key, Tally] = {}
    for one in states:
        name = key(one)
        found[name] = found[name] + one.tally if name in found else one.tally
    return found


def named(row: Any) -> UnitRef:
    """This function will name the unit of a row of children."""
    return UnitRef(row.code, row.id, row.name, row.kind)


@cache
def _rounds() -> Select[Any]:
    table = Round.__table__
    return select(table).where(table.c.plan == IN_PLAN).order_by(table.c.due_date)


@cache
def _children(nodes: Nodes) -> Select[Any]:
    return (
        select(NODE.c.parent, NODE.c.depth, (~has_children(NODE)).label("is_childless"))
        .add_columns(*unit_columns(UNIT.c))
        .select_from(NODE.join(UNIT, UNIT.c.id == NODE.c.unit))
        .where(*current(NODE), which(nodes))
        .order_by(NODE.c.path)
    )
