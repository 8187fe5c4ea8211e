"""The few numbers leaders ask for, and the totals that are shown to a kind of unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Plan
from shuangyong_core.rollups.queries.goals import targets_shown_to
from shuangyong_core.rollups.queries.lines import RollupLine
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.units.models import Unit


def key_numbers(lines: Sequence[RollupLine], *, limit: int = 4) -> list[RollupLine]:
    """This function will choose the heaviest targets that have a number and a goal for it."""
    counted = [
        line
        for line in lines
        if line.goal is not None and line.target.goal_kind in ("total", "each")
    ]
    heaviest = sorted(counted, key=lambda line: (-line.target.weight, line.target.position))
    return sorted(heaviest[:limit], key=lambda line: line.target.position)


def show_shared(
    session: Session, plan: int, unit: int, *, today: date, round: int | None = None
) -> list[RollupLine]:
    """This function will list the issuer's totals that a unit of this kind may see, no more."""
    kind = session.scalar(select(Unit.kind).where(Unit.id == unit)) or ""
    shared = {target.id for target in targets_shown_to(session, plan, kind)}
    if not shared:
        return []
    issuer = session.scalars(select(Plan.issuer).where(Plan.id == plan)).one()
    lines = show(session, plan, issuer, today=today, round=round)
    return [line for line in lines if line.target.id in shared]
