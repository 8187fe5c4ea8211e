"""All a page of progress says of a unit, from one look: what is needed twice is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.rollups.queries.as_then import seen_then
from shuangyong_core.rollups.queries.holders import Holding, holders_of
from shuangyong_core.rollups.queries.lines import RollupLine
from shuangyong_core.rollups.queries.look import Look
from shuangyong_core.rollups.queries.matrix import Matrix, matrix_of
from shuangyong_core.rollups.queries.overview import (
    RoundProgress,
    Strip,
    TreeCount,
    rounds_of,
    strip_of,
    tree_of,
)
from shuangyong_core.rollups.queries.planned import read_planned
from shuangyong_core.rollups.queries.show import lines_of
from shuangyong_core.rollups.queries.trend import Trend, trend_of
from shuangyong_core.units.models import Tree


@dataclass(frozen=True, slots=True)
class Progress:
    """What `strip`, `tree_counts`, `matrix` and the others give, all of one look."""

    strip: Strip
    tree: Sequence[TreeCount]
    matrix: Matrix
    rounds: Sequence[RoundProgress]
    lines: Sequence[RollupLine]
    hands: Sequence[Holding]
    trend: Trend


def progress(
    session: Session,
    plan: int,
    unit: int,
    *,
    today: date,
    tree: Tree = Tree.RESPONSIBILITY,
    round: int | None = None,
    as_then: bool = False,
) -> Progress:
    """This function will give all of it; tree, matrix and lines of one round if asked.

    `as_then`: a round that is over by its units of then. By territory there are totals only: who
    holds what is another line's affair. Raises NoPlace.
    """
    look = Look(session, plan, unit, today=today, tree=tree)
    seen = seen_then(look, round) if as_then else look
    planned = read_planned(session, look.place)
    is_mine = tree is Tree.RESPONSIBILITY
    return Progress(
        strip=strip_of(look, planned),
        tree=tree_of(seen, round=round),
        matrix=matrix_of(seen, round=round),
        rounds=rounds_of(look),
        lines=lines_of(seen, round=round),
        hands=holders_of(session, look.place, today=today) if is_mine else [],
        trend=trend_of(session, look.place, planned),
    )
