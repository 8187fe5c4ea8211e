"""The default split of a level, in integers: each holder's total by largest remainder."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, and_, case, func, select, update
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.work import WORK, integer, run
from shuangyong_core.plans.models import TargetVersion


def split_level(session: Session, level: int) -> None:
    """This function will share what the holders at a depth hold among their parties.

    The same numbers as rules.shares.share; whoever weighs nothing gets 0.
    """
    run(session, _split(), level=level)


def split_own(session: Session, level: int) -> None:
    """This function will do the same, but keep only what holders retain for their own work."""
    run(session, _split(only_own=True), level=level)


@cache
def give_totals() -> Executable:
    """This statement will give whoever stands at a depth the totals of the plan."""
    goal = select(func.coalesce(TargetVersion.goal, 0)).where(
        TargetVersion.target == WORK.c.target,
        TargetVersion.to_version.is_(None),
        TargetVersion.goal_kind == "total",
    )
    given = func.coalesce(goal.scalar_subquery(), 0)
    top = WORK.c.depth == integer("level")
    return update(WORK).where(top, WORK.c.counted == 0, WORK.c.is_own == 0).values(share=given)


@cache
def _split(*, only_own: bool = False) -> Executable:
    parts = _parts()
    left = parts.c.held - parts.c.all_whole
    all_shares = select(
        parts.c.target,
        parts.c.unit,
        (parts.c.whole + case((parts.c.place <= left, 1), else_=0)).label("share"),
    )
    chosen = all_shares.where(parts.c.is_own == 1) if only_own else all_shares
    shares = chosen.subquery("shares")
    return (
        update(WORK)
        .values(share=shares.c.share)
        .where(
            WORK.c.depth == integer("level") + 1,
            WORK.c.target == shares.c.target,
            WORK.c.unit == shares.c.unit,
        )
    )


def _parts() -> Any:
    rows = _parties()
    line = (rows.c.target, rows.c.parent)
    order = (rows.c.remainder.desc(), rows.c.code)
    return select(
        rows.c.target,
        rows.c.unit,
        rows.c.is_own,
        rows.c.held,
        rows.c.whole,
        func.sum(rows.c.whole).over(partition_by=line).label("all_whole"),
        func.row_number().over(partition_by=line, order_by=order).label("place"),
    ).subquery("parts")


def _parties() -> Any:
    party, holder, level = WORK.alias("party"), WORK.alias("holder"), integer("level")
    held, total, weight = holder.c.share, holder.c.weight, party.c.weight
    # "/" of SQLAlchemy divides reals on SQLite; as a plain operator it stays in integers.
    rest = held.op("%")(total).op("*")(weight)
    whole = held.op("/")(total).op("*")(weight) + rest.op("/")(total)
    return (
        select(
            party.c.target,
            party.c.unit,
            party.c.parent,
            party.c.code,
            party.c.is_own,
            held.label("held"),
            whole.label("whole"),
            rest.op("%")(total).label("remainder"),
        )
        .join_from(
            holder,
            party,
            and_(
                party.c.depth == level + 1,
                party.c.target == holder.c.target,
                party.c.parent == holder.c.unit,
            ),
        )
        # Nobody is left out for a share of 0: PostgreSQL counted before there were any, would
        # expect no holder and go through all parties of the target for each.
        .where(holder.c.depth == level, holder.c.is_own == 0, total > 0)
        .where(party.c.measured == 1)
        .subquery("rows")
    )
