"""One look at a round that is over, by its units of then: added up from the leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from shuangyong_core.plans.models import LEVEL, Indicator, Target
from shuangyong_core.rollups.actions.statements.years import live_keys
from shuangyong_core.rollups.models import COUNTS, LeafState
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.queries.place import (
    NODE,
    UNIT,
    NoPlace,
    Place,
    in_edition,
    is_under,
    unit_columns,
)
from shuangyong_core.rollups.queries.quotas import Close
from shuangyong_core.rollups.queries.states import Nodes, State
from shuangyong_core.rollups.rules.adding import SUMS
from shuangyong_core.rollups.rules.lights import Tally

Pair = tuple[int | None, int | None]


class LookThen(Look):
    """One look at a round that is over; nothing of it moves any more but late reviews."""

    close: Close

    def __init__(self, look: Look, close: Close, round_: int) -> None:
        """This function will find the place of then; raises NoPlace."""
        self.session, self.today, self.target = look.session, look.today, look.target
        self.close, self.round = close, round_
        self.place = _place_then(look, close.edition)

    @cached_property
    def here(self) -> Sequence[State]:
        """The unit's own states of the round, and those with all below it."""
        found = []
        for target, rows in _by_target(self.leaves).items():
            own = [row for row in rows if row.unit == self.place.unit.id]
            within = [row for row in rows if row.unit != self.place.unit.id]
            if self.place.is_inner:
                found.append(self._state(target, rows, within))
            if own:
                found.append(self._state(target, own, is_own=True))
        return found

    @cached_property
    def beneath(self) -> Sequence[State]:
        """The states of the round at the units right below, each with all below it."""
        length = len(self.place.path) + LEVEL
        units = {row.path: row.id for row in self.children}
        of: dict[str, list[Any]] = defaultdict(list)
        for row in self.leaves:
            if row.unit != self.place.unit.id:
                of[row.path[:length]].append(row)
        return [
            self._state(target, rows, unit=units[path], path=path)
            for path, leaves in of.items()
            for target, rows in _by_target(leaves).items()
        ]

    @cached_property
    def children(self) -> Sequence[Any]:
        """The units right below of then: parent, depth, whether childless, and who they are."""
        above = NODE.alias("above")
        parents = select(above.c.parent).where(
            *in_edition(above, self.close.edition), above.c.parent.is_not(None)
        )
        return self.session.execute(
            select(NODE.c.path, NODE.c.parent, NODE.c.depth)
            .add_columns(NODE.c.unit.not_in(parents).label("is_childless"))
            .add_columns(*unit_columns(UNIT.c))
            .select_from(NODE.join(UNIT, UNIT.c.id == NODE.c.unit))
            .where(*in_edition(NODE, self.close.edition), NODE.c.parent == self.place.unit.id)
            .order_by(NODE.c.path),
            self.place.asked,
        ).all()

    @cached_property
    def leaves(self) -> Sequence[Any]:
        """What every unit of then reported itself, with its place of then."""
        return self.session.execute(self._leaves(), self.place.asked).all()

    def read(self, nodes: Nodes, *, in_year: bool = False) -> Sequence[State]:
        """This function will give the states of the round: there is no year of then."""
        return self.here if nodes is Nodes.ITSELF else self.beneath

    def _state(
        self,
        target: int,
        rows: Sequence[Any],
        within: Sequence[Any] = (),
        *,
        is_own: bool = False,
        unit: int | None = None,
        path: str | None = None,
    ) -> State:
        """What leaves add up to at a unit, or at the place itself."""
        at = unit or self.place.unit.id
        days = [row.as_of for row in rows if row.as_of is not None]
        is_whole = not is_own or not self.place.is_inner
        return State(
            at, path or self.place.path, target, self.round, is_own, is_whole, _tally_of(rows),
            *self._value(at, target, rows, is_own=is_own), max(days, default=None),
            *(self._value(at, target, within, is_own=False) if within else (None, None)),
        )  # fmt: skip

    def _value(self, at: int, target: int, rows: Sequence[Any], *, is_own: bool) -> Pair:
        over = rows[0].over_units
        valued = [row for row in rows if row.numerator is not None]
        if over == "own" and not is_own:
            valued = [row for row in valued if row.unit == at]
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
        leaf = LeafState.__table__
        found = (
            select(leaf, Indicator.over_units, NODE.c.path)
            .join(NODE, NODE.c.unit == leaf.c.unit)
            .join(Target, (Target.id == leaf.c.target) & (Target.plan == NODE.c.plan))
            .join(Indicator, Indicator.id == Target.indicator)
            .where(*in_edition(NODE, self.close.edition), is_under(NODE))
            .where(leaf.c.round == self.round)
        )
        return found if self.target is None else found.where(leaf.c.target == self.target)


def _place_then(look: Look, edition: int) -> Place:
    here, asked = in_edition(NODE, edition), look.place.asked
    of = select(NODE).where(*here, NODE.c.unit == look.place.unit.id)
    node = look.session.execute(of, asked).one_or_none()
    if node is None:
        raise NoPlace
    below = select(func.count()).where(*here, NODE.c.parent == node.unit)
    is_inner = bool(look.session.scalar(below, asked))
    return replace(
        look.place, path=node.path, parent=node.parent, depth=node.depth, is_inner=is_inner
    )


def _by_target(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.target].append(row)
    return found


def _tally_of(rows: Iterable[Any]) -> Tally:
    """All dates are behind them: what was not sent is late."""
    listed = list(rows)
    tally = Tally(*(sum(getattr(row, name) for row in listed) for name in COUNTS))
    return replace(tally, overdue=max(tally.expected - tally.reported, 0))
