"""Who has to do what while acts are played: duties and open items find their one new owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Pair = tuple[int, int]  # unit, target
Asked = tuple[int, int]  # target, round


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit has of a target; `is_aside` while it is suspended or exempt."""

    holds: bool
    reports: bool
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing due from a unit in a round that is not over: open, and accepted or not."""

    done_by: date
    first_due: date
    due: date
    is_backfill: bool
    is_open: bool
    is_accepted: bool


NONE = Duty(False, False)


class Duties:
    """The assignments and the items of the rounds not over, of the units concerned."""

    def __init__(
        self, duties: Mapping[Pair, Duty], items: Mapping[int, Mapping[Asked, Item]]
    ) -> None:
        self.before, self.duties = dict(duties), dict(duties)
        self.items = {unit: dict(asked) for unit, asked in items.items()}
        self.withdrawn: list[tuple[int, Asked]] = []
        self.given: dict[tuple[int, Asked], Item] = {}
        self.reopened: list[tuple[int, Asked]] = []
        self.went: list[tuple[int, int, Asked]] = []  # from, to, what
        self.gone: set[int] = set()
        self._of: dict[int, set[int]] = {}
        for unit, target in duties:
            self._of.setdefault(unit, set()).add(target)

    def targets(self, unit: int) -> list[int]:
        """This function will list the targets a unit has something to do with."""
        return sorted(self._of.get(unit, ()))

    def leave(self, unit: int) -> None:
        """This function will take a unit out: it owes nothing any more that is not accepted."""
        self.gone.add(unit)
        for asked, item in list(self.items.get(unit, {}).items()):
            if item.is_open and not item.is_accepted:
                self._withdraw(unit, asked)

    def pass_on(self, unit: int, heirs: Sequence[int]) -> None:
        """This function will give heirs the duties and the open items that they lack."""
        for heir in heirs:
            for target in self.targets(unit):
                self._share(heir, target, self.duties[unit, target])
            for asked, item in sorted(self.items.get(unit, {}).items()):
                if item.is_open and not item.is_accepted:
                    self._owe(unit, heir, asked, item)

    def hold_above(self, unit: int, line: Sequence[int], *, like: int | None) -> None:
        """This function will make all above a unit holders of what its old superior held."""
        if like is None:
            return
        held = [t for t in self.targets(unit) if self.duties.get((like, t), NONE).holds]
        for above in line:
            for target in held:
                self._share(above, target, Duty(holds=True, reports=False))

    def _share(self, unit: int, target: int, duty: Duty) -> None:
        now = self.duties.get((unit, target))
        if duty.is_aside or (now is not None and now.is_aside):
            return
        now = now or NONE
        self.duties[unit, target] = Duty(now.holds or duty.holds, now.reports or duty.reports)
        self._of.setdefault(unit, set()).add(target)

    def _owe(self, unit: int, heir: int, asked: Asked, item: Item) -> None:
        if self.duties.get((heir, asked[0]), NONE).is_aside:
            return  # the heir is exempt: nobody owes it any more
        mine = self.items.setdefault(heir, {})
        old = mine.get(asked)
        self.went.append((unit, heir, asked))
        if old is not None and old.is_open:
            return
        mine[asked] = item
        if old is None:
            self.given[heir, asked] = item
        elif (heir, asked) in self.withdrawn:
            self.withdrawn.remove((heir, asked))
        else:
            self.reopened.append((heir, asked))

    def _withdraw(self, unit: int, asked: Asked) -> None:
        item = self.items[unit][asked]
        self.items[unit][asked] = Item(
            item.done_by, item.first_due, item.due, item.is_backfill, False, False
        )
        if self.given.pop((unit, asked), None) is not None:
            del self.items[unit][asked]
        elif (unit, asked) in self.reopened:
            self.reopened.remove((unit, asked))
        else:
            self.withdrawn.append((unit, asked))

    def changed(self) -> list[tuple[Pair, Duty | None, Duty]]:
        """This function will list what units have to do now that they had not."""
        return [
            (pair, self.before.get(pair), duty)
            for pair, duty in self.duties.items()
            if self.before.get(pair) != duty
        ]
