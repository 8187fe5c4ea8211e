"""A round that is over, as its units stood then (按当时): read from the leaves, kept nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Indicator, Node, Round, Target
from shuangyong_core.plans.queries.places import current_edition
from shuangyong_core.rollups.actions.statements.years import live_keys
from shuangyong_core.rollups.models import COUNTS, LeafState
from shuangyong_core.rollups.queries.lines import RollupLine
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.queries.place import NINES, NoPlace, Place, UnitRef
from shuangyong_core.rollups.queries.show import lines_of, show
from shuangyong_core.rollups.queries.states import State
from shuangyong_core.rollups.rules.adding import SUMS
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree, Unit

Pair = tuple[int | None, int | None]


def show_then(
    session: Session,
    plan: int,
    unit: int,
    *,
    today: date,
    round: int,
    target: int | None = None,
    tree: Tree = Tree.RESPONSIBILITY,
) -> list[RollupLine]:
    """This function will list a unit's targets in a round under the tree it closed in; NoPlace."""
    edition = session.scalar(select(Round.closed_edition).where(Round.id == round))
    if edition is None or edition == current_edition(session, plan):
        return show(session, plan, unit, today=today, target=target, round=round, tree=tree)
    look = LookThen(session, plan, unit, today=today, tree=tree, edition=edition, round=round)
    look.target = target
    return lines_of(look, round=round)


class LookThen(Look):
    """One look at a round that is over; nothing of it moves any more but late reviews."""

    def __init__(
        self, session: Session, plan: int, unit: int, *, today: date, tree: Tree, edition: int,
        round: int,
    ) -> None:  # fmt: skip
        """This function will find the place of then; raises NoPlace."""
        self.session, self.today, self.target = session, today, None
        self.edition, self.round = edition, round
        self.place = _place_then(session, plan, unit, tree=tree, edition=edition)
        self.here = self._states()

    @cached_property
    def leaves(self) -> Sequence[Any]:
        """What every unit of then reported itself, with its place of then."""
        return self.session.execute(self._leaves()).all()

    def _states(self) -> Sequence[State]:
        of_target: dict[int, list[Any]] = defaultdict(list)
        for row in self.leaves:
            of_target[row.target].append(row)
        found = []
        for target, rows in of_target.items():
            own = [row for row in rows if row.unit == self.place.unit.id]
            within = [row for row in rows if row.unit != self.place.unit.id]
            if self.place.is_inner:
                found.append(self._state(target, rows, within, is_own=False))
            if own:
                found.append(self._state(target, own, [], is_own=True))
        return found

    def _state(
        self, target: int, rows: Sequence[Any], within: Sequence[Any], *, is_own: bool
    ) -> State:
        tally = tally_of(rows)
        days = [row.as_of for row in rows if row.as_of is not None]
        is_whole = not is_own or not self.place.is_inner
        return State(
            self.place.unit.id, self.place.path, target, self.round, is_own, is_whole, tally,
            *self._value(target, rows, is_own=is_own), max(days, default=None),
            *(self._value(target, within, is_own=False) if within else (None, None)),
        )  # fmt: skip

    def _value(self, target: int, rows: Sequence[Any], *, is_own: bool) -> Pair:
        over = rows[0].over_units
        valued = [row for row in rows if row.numerator is not None]
        if over == "own" and not is_own:
            valued = [row for row in valued if row.unit == self.place.unit.id]
        if not valued or over == "none":
            return None, None
        if over in SUMS or over == "own":
            dens = [row.denominator for row in valued if row.denominator is not None]
            return sum(row.numerator for row in valued), sum(dens) if dens else None
        if over == "max":
            return max(row.numerator for row in valued), None
        if over == "distinct":
            return self._aliases(target, {row.unit for row in rows}), None
        last = max(valued, key=lambda row: (row.as_of, (row.as_of_code or "").encode()))
        return last.numerator, last.denominator

    def _aliases(self, target: int, units: set[int]) -> int:
        keys = live_keys().subquery("keys")
        rows = select(keys.c.unit, keys.c.key).where(
            keys.c.target == target, keys.c.round == self.round
        )
        return len({key for unit, key in self.session.execute(rows) if unit in units})

    def _leaves(self) -> Any:
        return (
            select(LeafState.__table__, Indicator.over_units, Node.path)
            .join(Node, Node.unit == LeafState.unit)
            .join(Target, (Target.id == LeafState.target) & (Target.plan == Node.plan))
            .join(Indicator, Indicator.id == Target.indicator)
            .where(*then(self.place.plan, self.place.tree, self.edition))
            .where(Node.path >= self.place.path, Node.path <= self.place.path + NINES)
            .where(LeafState.round == self.round)
        )


def _place_then(session: Session, plan: int, unit: int, *, tree: Tree, edition: int) -> Place:
    here = then(plan, tree.value, edition)
    row = session.execute(
        select(Unit, Node).join(Node, Node.unit == Unit.id).where(*here, Unit.id == unit)
    ).one_or_none()
    if row is None:
        raise NoPlace
    of, node = row
    below = session.scalar(select(func.count()).where(*here, Node.parent == unit)) or 0
    issuer = session.scalars(select(Node.unit).where(*here, Node.parent.is_(None))).one()
    named = UnitRef(of.code, of.id, of.name, of.kind)
    return Place(plan, issuer, tree.value, named, node.path, node.parent, node.depth, below > 0)


def tally_of(rows: Iterable[Any]) -> Tally:
    """This function will count leaves; all dates are behind them: what was not sent is late."""
    listed = list(rows)
    tally = Tally(*(sum(getattr(row, name) for row in listed) for name in COUNTS))
    return replace(tally, overdue=max(tally.expected - tally.reported, 0))


def then(plan: int, tree: str, edition: int) -> tuple[Any, ...]:
    """This function will keep the nodes of one edition of one tree."""
    ended = or_(Node.to_edition.is_(None), Node.to_edition > edition)
    return Node.plan == plan, Node.tree == tree, Node.from_edition <= edition, ended
