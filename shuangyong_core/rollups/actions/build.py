"""Building leaves and cells in order: forget, leaves, years, then level by level up each tree."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Node
from shuangyong_core.rollups.actions.statements import cells, dirty, leaves, years
from shuangyong_core.rollups.actions.statements.tables import Tables


def build(
    session: Session, tables: Tables, *, plans: Sequence[int], only_dirty: bool, fold: int
) -> None:
    """This function will build the dirty keys of these plans anew, or all their keys."""
    for forgetting in dirty.forget(tables, plans=plans, dirty=only_dirty):
        session.execute(forgetting)
    session.execute(leaves.from_reports(tables, plans=plans, dirty=only_dirty))
    session.execute(leaves.from_counted(tables, plans=plans, dirty=only_dirty))
    session.execute(years.over_time(tables, plans=plans, dirty=only_dirty))
    for tree, deepest in depths(session, plans=plans).items():
        for depth in range(deepest - 1, -1, -1):
            for grain in tables.grains:
                for statement in cells.level(
                    grain, tree=tree, depth=depth, plans=plans, dirty=only_dirty, fold=fold
                ):
                    session.execute(statement)


def depths(session: Session, *, plans: Sequence[int]) -> dict[str, int]:
    """This function will tell how deep each tree of these plans goes."""
    found = (
        select(Node.tree, func.max(Node.depth))
        .where(Node.plan.in_(plans), Node.to_edition.is_(None))
        .group_by(Node.tree)
    )
    return {tree: deepest for tree, deepest in session.execute(found)}
