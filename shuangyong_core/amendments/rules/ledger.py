"""Quotas while acts are played: what a unit held goes with it, and no sum above is lost.

What moves leaves the holders it hung under and reaches those it hangs under now, up to the one
that stands over both. An excess that was stated stays where it is, as far as it fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shuangyong_core.amendments.rules.acts import shares

Key = tuple[int, int]  # unit, target


@dataclass(frozen=True, slots=True)
class Held:
    """What a unit holds of a target, and what of it for its own work."""

    held: int
    own: int
    reason: str = ""


NOTHING = Held(0, 0)
BROUGHT_ALONG = "单位调整带入的分解数"


class Ledger:
    """The open quotas of the units concerned and of all above them."""

    def __init__(self, rows: Mapping[Key, Held]) -> None:
        self.before = dict(rows)
        self.rows = dict(rows)
        self._of: dict[int, set[int]] = {}
        for unit, target in rows:
            self._of.setdefault(unit, set()).add(target)

    def targets(self, unit: int) -> list[int]:
        """This function will list the targets of which a unit holds a quota."""
        return sorted(self._of.get(unit, ()))

    def carry(self, unit: int, *, old_line: Sequence[int], new_line: Sequence[int]) -> None:
        """This function will take what a unit holds from one line of holders to another."""
        for target in self.targets(unit):
            self._shift(target, self.rows[unit, target].held, old_line, new_line)

    def give(
        self,
        unit: int,
        heirs: Sequence[int],
        lines: Mapping[int, Sequence[int]],
        *,
        keeps: bool,
        left_below: Collection[int] = (),
    ) -> None:
        """This function will pass on what a unit holds, to one heir or in even shares.

        `lines` are the holders above the unit and above each heir. One that `keeps` its place is
        among the heirs, and shares out only its own work. What those `left_below` hold, who only
        keep their figures, stays where it is, until somebody above splits again.
        """
        for target in self.targets(unit):
            row = self.rows[unit, target]
            stays = sum(self.rows.get((one, target), NOTHING).held for one in left_below)
            whole = row.own if keeps else max(row.held - stays, row.own)
            own = row.own if len(heirs) == 1 else whole
            parts = zip(heirs, shares(whole, heirs), shares(own, heirs), strict=True)
            for heir, held, kept in parts:
                if heir != unit:
                    self._hand(unit, heir, target, held, kept, lines)
            if not keeps:
                left = row.held - whole
                self._put(unit, target, Held(left, 0, row.reason if stays > left else ""))

    def _hand(
        self, unit: int, heir: int, target: int, held: int, own: int,
        lines: Mapping[int, Sequence[int]],
    ) -> None:  # fmt: skip
        row, reason = self.rows.get((heir, target), NOTHING), self.rows[unit, target].reason
        is_above = heir in lines[unit]
        gained = 0 if is_above else held
        self._put(
            heir, target,
            Held(
                row.held + gained, min(row.own + own, row.held + gained), row.reason or reason
            ),
        )  # fmt: skip
        given = self.rows[unit, target]
        left = Held(given.held - held, max(given.own - own, 0), given.reason)
        self._put(unit, target, left)
        new_line = [heir, *lines[heir]] if is_above else lines[heir]
        self._shift(target, held, lines[unit], new_line)

    def _shift(
        self, target: int, held: int, old_line: Sequence[int], new_line: Sequence[int]
    ) -> None:
        """What cannot be taken from a holder, for it passed on more than it had, stays stated."""
        taken = held
        for unit in _apart(old_line, new_line):
            row = self.rows.get((unit, target), NOTHING)
            taken = min(taken, row.held - row.own)
            self._put(unit, target, replace(row, held=row.held - taken))
        for unit in _apart(new_line, old_line):
            row = self.rows.get((unit, target), NOTHING)
            self._put(unit, target, replace(row, held=row.held + taken))
        if taken < held:
            row = self.rows.get((new_line[0], target), NOTHING)
            self._put(new_line[0], target, replace(row, reason=row.reason or BROUGHT_ALONG))

    def _put(self, unit: int, target: int, row: Held) -> None:
        self.rows[unit, target] = row
        self._of.setdefault(unit, set()).add(target)

    def changed(self) -> Iterable[tuple[Key, Held | None, Held]]:
        """This function will list what is another number now: before and after."""
        for key, row in self.rows.items():
            old = self.before.get(key)
            if old != row and not (old is None and row == NOTHING):
                yield key, old, row


def _apart(line: Sequence[int], other: Sequence[int]) -> list[int]:
    """What of a line lies below the first that both share."""
    shared = set(other)
    found = []
    for unit in line:
        if unit in shared:
            break
        found.append(unit)
    return found
