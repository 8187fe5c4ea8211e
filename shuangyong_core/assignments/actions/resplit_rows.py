"""The statements that close old quotas and open new ones, from the work of a new split."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, and_, bindparam, case, exists, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from shuangyong_core.assignments.actions.launch.work import WORK, insert_into, integer
from shuangyong_core.assignments.models import Assignment, Quota, ReportStatus
from shuangyong_core.db import UtcDateTime

QUOTA = ["target", "unit", "valid_from", "held", "own", "state", "source", "reason"]


@cache
def set_share() -> Executable:
    """This statement will put a child's new total into the work."""
    row = and_(
        WORK.c.depth == integer("level"),
        WORK.c.unit == bindparam("this"),
        WORK.c.is_own == 0,
    )
    return update(WORK).where(row).values(share=bindparam("given"))


@cache
def spare(*aside: ReportStatus) -> Executable:
    """This statement will weigh reporters in these states as nothing: a split goes past them."""
    spared = exists().where(
        Assignment.target == WORK.c.target,
        Assignment.unit == WORK.c.unit,
        Assignment.report_status.in_([str(status) for status in aside]),
    )
    return update(WORK).where(WORK.c.weight > 0, spared).values(weight=0)


@cache
def close_quotas() -> Executable:
    """This statement will end the intervals of the quotas that change."""
    new = new_values()
    differs = exists().where(
        new.c.target == Quota.target,
        new.c.unit == Quota.unit,
        or_(new.c.held != Quota.held, new.c.own != Quota.own),
    )
    return (
        update(Quota)
        .where(Quota.valid_to.is_(None), Quota.valid_from < _at(), differs)
        .values(valid_to=_at())
    )


@cache
def open_quotas(dialect: str) -> Executable:
    """This statement will begin the new ones; what stays the same is left alone."""
    return begin_quotas(dialect, by=("split", "default"))


def begin_quotas(dialect: str, *, by: tuple[str, str]) -> Executable:
    """This function will give a statement that begins the quotas which differ from what stands.

    Down to the level they are decided, below it they are proposed; `by` is the source of either.
    """
    new, same = new_values(), aliased(Quota)
    stands = exists().where(
        same.target == new.c.target,
        same.unit == new.c.unit,
        same.valid_to.is_(None),
        same.held == new.c.held,
        same.own == new.c.own,
    )
    chosen = new.c.depth <= integer("level")
    rows = select(
        new.c.target, new.c.unit, _at(), new.c.held, new.c.own,
        case((chosen, "confirmed"), else_="proposed"),
        case((chosen, by[0]), else_=by[1]),
        literal(""),
    ).where(~stands)  # fmt: skip
    statement = insert_into(dialect, Quota).from_select(QUOTA, rows)
    # Changed twice in one instant: the later act is what stands.
    values = {name: statement.excluded[name] for name in ("held", "own", "state", "source")}
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=["target", "unit", "valid_from"], set_={**values, "valid_to": None}
    )
    return upsert


def new_values() -> Any:
    """This function will select what the work says every unit is to hold and to keep."""
    own = WORK.alias("own")
    held = WORK.c.share + WORK.c.each
    kept = case((WORK.c.holds == 0, held), else_=func.coalesce(own.c.share + own.c.each, 0))
    party = and_(
        own.c.depth == WORK.c.depth + 1,
        own.c.target == WORK.c.target,
        own.c.unit == WORK.c.unit,
    )
    return (
        select(WORK.c.depth, WORK.c.target, WORK.c.unit, held.label("held"), kept.label("own"))
        .outerjoin_from(WORK, own, party)
        .where(WORK.c.is_own == 0, WORK.c.measured == 1)
        .subquery("new")
    )


def _at() -> Any:
    return bindparam("at", type_=UtcDateTime())
