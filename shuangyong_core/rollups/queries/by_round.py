"""One target at one unit, round by round: its value there and where its items stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

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
) -> dict[int, InRound]:
    """This function will give the rounds in which the target is due, by id. Raises NoPlace."""
    look = Look(session, plan, unit, today=today, tree=tree, target=target.id)
    return {
        one.round: InRound(
            one.round, written(target.measure, one.numerator, one.denominator), one.tally
        )
        for one in look.here
        if one.is_whole and one.round is not None
    }
