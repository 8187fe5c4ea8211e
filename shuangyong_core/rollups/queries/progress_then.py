"""进度 of a round that is over, as its units stood then: the units of then, and the numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Node, Round
from shuangyong_core.plans.queries.places import current_edition
from shuangyong_core.rollups.queries.as_then import LookThen, tally_of, then
from shuangyong_core.rollups.queries.lines import RollupLine
from shuangyong_core.rollups.queries.matrix import Matrix, matrix_of
from shuangyong_core.rollups.queries.place import DIGITS, NoPlace, unit_columns
from shuangyong_core.rollups.queries.show import lines_of
from shuangyong_core.rollups.queries.states import State
from shuangyong_core.units.models import Tree, Unit


@dataclass(frozen=True, slots=True)
class ProgressThen:
    """What of `progress` is told of one round, under the tree that it closed in."""

    matrix: Matrix
    lines: Sequence[RollupLine]


def progress_then(
    session: Session, plan: int, unit: int, *, today: date, round: int, tree: Tree
) -> ProgressThen | None:
    """This function will give it; nothing while the tree is the same, or without the unit."""
    edition = session.scalar(select(Round.closed_edition).where(Round.id == round))
    if edition is None or edition == current_edition(session, plan):
        return None
    try:
        look = _Look(session, plan, unit, today=today, tree=tree, edition=edition, round=round)
    except NoPlace:
        return None
    return ProgressThen(matrix_of(look, round=round), lines_of(look, round=round))


class _Look(LookThen):
    """The look of then with the units right below."""

    @cached_property
    def children(self) -> Sequence[Any]:
        """The units below of then: whether childless, and the unit's own columns."""
        here = then(self.place.plan, self.place.tree, self.edition)
        parents = select(Node.parent).where(*here, Node.parent.is_not(None))
        return self.session.execute(
            select(Node.path, Node.unit.not_in(parents).label("is_childless"))
            .add_columns(*unit_columns(Unit))
            .join(Unit, Unit.id == Node.unit)
            .where(*here, Node.parent == self.place.unit.id)
            .order_by(Node.path)
        ).all()

    @cached_property
    def beneath(self) -> Sequence[State]:
        """The states of the round at the units right below, each with all below it."""
        length = len(self.place.path) + DIGITS
        units = {row.path: row.id for row in self.children}
        of: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for row in self.leaves:
            if row.unit != self.place.unit.id:
                of[row.path[:length], row.target].append(row)
        return [
            State(units[path], path, target, self.round, False, True, tally_of(rows),
                  None, None, None, None, None)
            for (path, target), rows in of.items()
        ]  # fmt: skip
