"""Plays acts on a plan's two trees, its quotas and its duties; what cannot be played is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuangyong_core.amendments.rules.acts import ActKind, Turn
from shuangyong_core.amendments.rules.duties import Duties
from shuangyong_core.amendments.rules.forest import Cycle, Forest
from shuangyong_core.amendments.rules.ledger import Ledger

CYCLE = "会让单位成为自己的下级，请核对去向。"
HEIR_BELOW = "承接单位是它自己的下级，请先把承接单位划出。"
STILL_BELOW = "它下面还有 {count} 个单位，请先在文件里写明各归哪个单位。"


@dataclass(frozen=True, slots=True)
class Fault:
    """An act that cannot be played, and in which column that lies."""

    row: int
    key: str
    code: str
    message: str


@dataclass(slots=True)
class Ground:
    """What acts are played on: both trees; a plan's quotas and duties too."""

    responsibility: Forest
    territory: Forest
    ledger: Ledger
    duties: Duties

    @property
    def forests(self) -> tuple[Forest, Forest]:
        """Both trees."""
        return self.responsibility, self.territory


def bare(responsibility: Forest, territory: Forest) -> Ground:
    """This function will give the units' own trees, where nothing is held and nothing due."""
    return Ground(responsibility, territory, Ledger({}), Duties({}, {}))


def play(ground: Ground, turns: Sequence[Turn]) -> list[Fault]:
    """This function will play acts in order and give what could not be played."""
    acts = {
        ActKind.MERGE: _merge, ActKind.SPLIT: _split, ActKind.MOVE: _move,
        ActKind.ABOLISH: _abolish,
    }  # fmt: skip
    faults: list[Fault] = []
    for turn in turns:
        if turn.kind in acts:
            try:
                fault = acts[turn.kind](ground, turn)
            except Cycle:
                fault = Fault(turn.row, "to", "cycle", CYCLE)
            faults += [fault] if fault else []
    return faults


def _merge(ground: Ground, turn: Turn) -> Fault | None:
    (heir,) = turn.to
    tree = ground.responsibility
    _found(ground, turn)
    if turn.unit in tree.line(heir):
        return Fault(turn.row, "to", "heir_below", HEIR_BELOW)
    lines = {one: tree.line(one) for one in (turn.unit, heir)}
    ground.ledger.give(turn.unit, [heir], lines, keeps=False)
    ground.duties.pass_on(turn.unit, [heir])
    ground.duties.leave(turn.unit)
    for forest in ground.forests:
        forest.empty_into(turn.unit, heir)
    ground.duties.hold_above(heir, tree.line(heir), like=next(iter(lines[turn.unit]), None))
    return None


def _split(ground: Ground, turn: Turn) -> Fault | None:
    tree = ground.responsibility
    below = {child for forest in ground.forests for child in forest.living_below(turn.unit)}
    if not turn.stays and below - set(turn.to):
        return _still_below(turn, len(below - set(turn.to)))
    _found(ground, turn)
    if any(turn.unit in tree.line(heir) for heir in turn.heirs):
        return Fault(turn.row, "to", "heir_below", HEIR_BELOW)
    lines = {one: tree.line(one) for one in (turn.unit, *turn.heirs)}
    silent = [child for child in tree.below(turn.unit) if child in tree.silent]
    ground.ledger.give(turn.unit, turn.to, lines, keeps=turn.stays, left_below=silent)
    ground.duties.pass_on(turn.unit, turn.heirs)
    if not turn.stays:
        _hush(ground, turn)
    for heir in turn.heirs:
        ground.duties.hold_above(heir, tree.line(heir), like=next(iter(lines[turn.unit]), None))
    return None


def _move(ground: Ground, turn: Turn) -> Fault | None:
    tree, sites = ground.responsibility, ground.territory
    above = tree.parent.get(turn.unit)
    site = turn.territory
    if turn.to:
        # Where it sits follows, if it sat with its superior.
        if site is None and sites.parent.get(turn.unit) == above:
            site = turn.to[0]
        if turn.to[0] != above:
            old_line = tree.line(turn.unit)
            tree.hang(turn.unit, turn.to[0])
            new_line = tree.line(turn.unit)
            ground.ledger.carry(turn.unit, old_line=old_line, new_line=new_line)
            ground.duties.hold_above(turn.unit, new_line, like=above)
    if site is not None and site != sites.parent.get(turn.unit):
        sites.hang(turn.unit, site)
    return None


def _abolish(ground: Ground, turn: Turn) -> Fault | None:
    below = {child for forest in ground.forests for child in forest.living_below(turn.unit)}
    if below:
        return _still_below(turn, len(below))
    _hush(ground, turn)
    return None


def _hush(ground: Ground, turn: Turn) -> None:
    ground.duties.leave(turn.unit)
    for forest in ground.forests:
        forest.silent.add(turn.unit)


def _found(ground: Ground, turn: Turn) -> None:
    """A successor that is new begins beside the unit it comes from."""
    for heir in turn.heirs:
        for forest in ground.forests:
            above = forest.parent.get(turn.unit)
            if heir not in forest and above is not None:
                forest.parent[heir] = None
                forest.hang(heir, above)


def _still_below(turn: Turn, count: int) -> Fault:
    return Fault(turn.row, "code", "still_below", STILL_BELOW.format(count=count))
