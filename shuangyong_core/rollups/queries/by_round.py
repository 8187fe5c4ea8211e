"""One target at one unit, round by round: its value there and where its items stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.rollups.queries.as_then import rounds_apart, seen_then
from shuangyong_core.rollups.queries.lines import TargetRef, Value, written
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class InRound:
    """What a unit and all below it have in one round."""

    round: int
    value: Value
    tally: Tally


def by_round(
    session: Session,
    plan: int,
    unit: int,
    target: TargetRef,
    *,
    today: date,
    tree: Tree = Tree.RESPONSIBILITY,
    as_then: bool = False,
) -> dict[int, InRound]:
    """This function will give the rounds in which the target is due, by id. Raises NoPlace.

    `as_then`: those that are over by their units of then.
    """
    look = Look(session, plan, unit, today=today, tree=tree, target=target.id)
    apart = rounds_apart(session, plan, unit, tree=tree) if as_then else frozenset()
    states = [one for one in look.here if one.round not in apart]
    states += [one for round_ in apart for one in seen_then(look, round_).here]
    return {
        one.round: InRound(
            one.round, written(target.measure, one.numerator, one.denominator), one.tally
        )
        for one in states
        if one.is_whole and one.round is not None
    }
