"""What a plan that was sent down costs those who fill it in: counted from what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Indicator, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.rules.burden import minutes_each
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Unit

HEAVIEST = 10


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit's forms and numbers of the year."""

    code: str
    name: str
    kind: str
    rounds: int
    numbers: int

    @property
    def minutes(self) -> int:
        """About how long one round takes."""
        return minutes_each(self.rounds, self.numbers)


@dataclass(frozen=True, slots=True)
class KindLoad:
    """All units of a kind: the most that one of them reports, and all together."""

    kind: str
    name: str
    units: int
    rounds: int
    numbers: int
    minutes: int
    total: int


@dataclass(frozen=True, slots=True)
class RoundBurden:
    """The numbers that all units together bring in a round."""

    code: str
    title: str
    units: int
    numbers: int


@dataclass(frozen=True, slots=True)
class PlanBurden:
    """The burden of a plan as it stands today."""

    max_rounds: int
    kinds: tuple[KindLoad, ...]
    rounds: tuple[RoundBurden, ...]
    heaviest: tuple[UnitLoad, ...]

    @property
    def total(self) -> int:
        """All numbers of the year."""
        return sum(kind.total for kind in self.kinds)

    @property
    def busiest(self) -> RoundBurden | None:
        """The round that brings most numbers."""
        return max(self.rounds, key=lambda each: each.numbers, default=None)


def plan_burden(session: Session, plan: Plan) -> PlanBurden:
    """This function will count rounds and numbers a year; an indicator is one number a round.

    Boxes to tick are one each, as in the check of a plan.
    """
    boxes = {row.id: len((row.parts or {}).get("tick", ())) or 1 for row in _indicators(session)}
    units: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, name, kind, round_, indicator in session.execute(_asked(plan.id)):
        units[code, name, kind][round_] += boxes[indicator]
    loads = [
        UnitLoad(*unit, rounds=len(found), numbers=sum(found.values()))
        for unit, found in units.items()
    ]
    titles = session.execute(
        select(Round.code, Round.title)
        .where(Round.plan == plan.id, Round.dropped_at.is_(None))
        .order_by(Round.due_date)
    )
    return PlanBurden(
        max_rounds=plan.max_rounds,
        kinds=tuple(_kinds(loads)),
        rounds=tuple(_round(code, title, list(units.values())) for code, title in titles),
        heaviest=tuple(sorted(loads, key=lambda one: (-one.numbers, one.code))[:HEAVIEST]),
    )


def _kinds(loads: Sequence[UnitLoad]) -> list[KindLoad]:
    order = list(WORD_OF_KIND)
    found: dict[str, list[UnitLoad]] = defaultdict(list)
    for load in sorted(loads, key=lambda one: (order.index(one.kind), one.code)):
        found[load.kind].append(load)
    return [
        KindLoad(
            kind=kind,
            name=WORD_OF_KIND[kind],
            units=len(group),
            rounds=max(one.rounds for one in group),
            numbers=max(one.numbers for one in group),
            minutes=max(one.minutes for one in group),
            total=sum(one.numbers for one in group),
        )
        for kind, group in found.items()
    ]


def _round(code: str, title: str, units: Sequence[dict[str, int]]) -> RoundBurden:
    numbers = [found[code] for found in units if code in found]
    return RoundBurden(code, title, len(numbers), sum(numbers))


def _indicators(session: Session) -> Sequence[Indicator]:
    return session.scalars(select(Indicator)).all()


def _asked(plan: int) -> Select[tuple[str, str, str, str, int]]:
    """Each unit, round and indicator once, however many targets use it."""
    in_force = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    return (
        select(Unit.code, Unit.name, Unit.kind, Round.code, Target.indicator)
        .select_from(DueItem)
        .join(Target, Target.id == DueItem.target)
        .join(TargetVersion, in_force)
        .join(Unit, Unit.id == DueItem.unit)
        .join(Round, Round.id == DueItem.round)
        .where(Target.plan == plan, TargetVersion.automatic.is_(None), DueItem.valid_to.is_(None))
        .distinct()
    )
