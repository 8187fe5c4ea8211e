"""Building leaves and cells in order: forget, leaves, years, then level by level up each tree."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Node
from shuangyong_core.rollups.actions.statements import cells, dirty, leaves, succeeding, years
from shuangyong_core.rollups.actions.statements.tables import Tables
from shuangyong_core.units.successions import has_successions


def build(session: Session, tables: Tables, *, plans: Sequence[int], fold: int = 0) -> None:
    """This function will build all keys of these plans anew, or the dirty ones beside the rest."""
    of = {"of_plans": plans}
    if not tables.only_dirty:
        for statement in dirty.forget(tables):
            session.execute(statement, of)
    for build_leaves in (leaves.from_reports, leaves.from_counted, years.over_time):
        session.execute(build_leaves(tables), of)
    if has_successions(session):
        session.execute(succeeding.give_way(tables), of)
    for tree, deepest in depths(session, plans=plans).items():
        for depth in range(deepest - 1, -1, -1):
            for grain in tables.grains:
                for level in cells.level(grain):
                    place = {"in_tree": tree, "at_depth": depth, "by_fold": fold}
                    session.execute(level, of | place)


def depths(session: Session, *, plans: Sequence[int]) -> dict[str, int]:
    """This function will tell how deep each tree of these plans goes."""
    found = (
        select(Node.tree, func.max(Node.depth))
        .where(Node.plan.in_(plans), Node.to_edition.is_(None))
        .group_by(Node.tree)
    )
    return {tree: deepest for tree, deepest in session.execute(found)}
