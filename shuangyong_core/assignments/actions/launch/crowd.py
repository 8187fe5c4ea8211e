"""Units below the first level as the first split needs them: counted by kind, their bases summed.

The fine crowds stand at each unit of the second level; the coarse ones are one party below each
unit of the first, under its id made negative. They are parties to weigh, and never written down.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Executable,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from shuangyong_core.assignments.actions.launch.content import TargetContent, groups
from shuangyong_core.assignments.actions.launch.units import standing, take_units
from shuangyong_core.assignments.actions.launch.work import CROWD, UNITS, WORK, integer, run
from shuangyong_core.plans.models import LAST_BELOW, LEVEL, Node, Plan, Target, TargetReporter
from shuangyong_core.plans.queries.tree import NodeRow
from shuangyong_core.units.models import Unit, UnitBase

COLUMNS = [column.name for column in CROWD.columns]
FILLED = ("depth", "target", "unit", "parent", "code", "measured", "weight", "each")
ZERO = ("counted", "reports", "holds", "is_own", "share", "version")


def take_crowds(
    session: Session, plan: Plan, *, issuer: NodeRow, bases: Collection[str]
) -> dict[bool, int]:
    """This function will take the issuer and its first level, and count all that is below.

    It gives how many rows that is with the fine crowds (True), and with the coarse ones.
    """
    taken = take_units(session, plan, path=issuer.path, deepest=issuer.depth + 1)
    where = {"plan": plan.id, "path": issuer.path, "last": issuer.path + LAST_BELOW}
    where |= {"second": issuer.depth + 2, "width": len(issuer.path) + 2 * LEVEL}
    fine = sum(run(session, _take(base != ""), **where, base=base) for base in ("", *sorted(bases)))
    return {True: taken + fine, False: taken + run(session, _gather())}


def needs_every_unit(session: Session, plan: Plan, contents: Sequence[TargetContent]) -> set[int]:
    """This function will give the targets that a crowd says too little of.

    They name a unit by its code, or a unit lacks the base that its total is split by.
    """
    targets = [content.id for content in contents]
    named = (
        select(TargetReporter.target)
        .join(Unit, Unit.code == TargetReporter.who)
        .join(Target, Target.id == TargetReporter.target)
        .where(Target.plan == plan.id, TargetReporter.target.in_(targets))
    )
    who = groups()
    lacking = select(who.c.target).join_from(
        who, CROWD, and_(CROWD.c.kind == who.c.who, CROWD.c.base == who.c.base)
    ).where(CROWD.c.valued < CROWD.c.units)  # fmt: skip
    connection = session.connection()
    found = set(connection.scalars(lacking, {"targets": targets}))
    return found | set(connection.scalars(named))


def splits_own_work(session: Session, contents: Sequence[TargetContent]) -> set[int]:
    """This function will give the totals of which a first-level unit is one party among others."""
    who, below = groups(), CROWD.alias("below")
    has_below = exists().where(below.c.is_fine == 0, below.c.parent == UNITS.c.unit)
    found = select(who.c.target).join_from(who, UNITS, UNITS.c.kind == who.c.who)
    totals = [content.id for content in contents if content.has_total]
    return set(session.connection().scalars(found.where(has_below), {"targets": totals}))


def fill_crowds(session: Session, contents: Sequence[TargetContent], *, is_fine: bool) -> None:
    """This function will put the crowds into the work, as parties of the first level."""
    targets = [content.id for content in contents]
    run(session, _fill(), targets=targets, is_fine=int(is_fine))


@cache
def _take(is_valued: bool) -> Executable:
    crowd = _counted(is_valued).subquery("crowd")
    head, here = aliased(Node), aliased(Unit)
    rows = (
        select(
            literal(1), head.unit, crowd.c.kind, bindparam("base", type_=CROWD.c.base.type),
            head.parent, here.code, crowd.c.units, crowd.c.valued, crowd.c.total,
        )
        # From crowd to node, and by its path: SQLite has no statistics, and for "=" it would
        # take the primary key and read the whole tree for every crowd.
        .outerjoin_from(
            crowd, head, and_(head.path.between(crowd.c.head, crowd.c.head), *standing(head))
        )
        .outerjoin(here, here.id == head.unit)
    )  # fmt: skip
    return CROWD.insert().from_select(COLUMNS, rows)


def _counted(is_valued: bool) -> Any:
    """All units of the second level and below, by the first digits of their paths and by kind."""
    value = (
        select(UnitBase.value)
        .where(UnitBase.key == bindparam("base"), UnitBase.unit == Node.unit)
        .order_by(UnitBase.date.desc())
        .limit(1)
        .scalar_subquery()
    )
    within = Node.path.between(bindparam("path"), bindparam("last"))
    head = func.substr(Node.path, 1, bindparam("width", type_=Integer)).label("head")
    each = (
        select(head, Unit.kind, (value if is_valued else literal(0)).label("value"))
        .join(Unit, Unit.id == Node.unit)
        .where(*standing(Node), within, Node.depth >= integer("second"))
        .subquery("every")
    )
    total = cast(func.coalesce(func.sum(each.c.value), 0), BigInteger)
    return select(
        each.c.head, each.c.kind, func.count().label("units"),
        func.count(each.c.value).label("valued"), total.label("total"),
    ).group_by(each.c.head, each.c.kind)  # fmt: skip


@cache
def _gather() -> Executable:
    """The coarse crowds out of the fine ones."""
    sums = (cast(func.sum(CROWD.c[name]), BigInteger) for name in ("units", "valued", "total"))
    above = (CROWD.c.kind, CROWD.c.base, CROWD.c.parent)
    rows = (
        select(literal(0), -CROWD.c.parent, *above, UNITS.c.code, *sums)
        .join_from(CROWD, UNITS, UNITS.c.unit == CROWD.c.parent)
        .where(CROWD.c.is_fine == 1)
        .group_by(*above, UNITS.c.code)
    )
    return CROWD.insert().from_select(COLUMNS, rows)


@cache
def _fill() -> Executable:
    """As for single units, times how many there are."""
    who = groups()
    weight = case(
        (who.c.total == 0, 0),
        (who.c.base.is_(None), func.coalesce(who.c.shares, 1) * CROWD.c.units),
        else_=CROWD.c.total,
    )
    each = func.coalesce(who.c.each, 0) * CROWD.c.units
    measured = case((and_(who.c.total == 0, who.c.each.is_(None)), 0), else_=1)
    crowd = (CROWD.c.unit, CROWD.c.parent, CROWD.c.code)
    rows = (
        select(
            func.max(UNITS.c.depth) + 1, who.c.target, *crowd,
            func.max(measured), func.sum(weight), func.sum(each), *(literal(0) for _ in ZERO),
        )
        .join_from(who, CROWD, and_(
            CROWD.c.kind == who.c.who, CROWD.c.base == func.coalesce(who.c.base, "")
        ))
        .join(UNITS, UNITS.c.unit == CROWD.c.parent)
        .where(CROWD.c.is_fine == integer("is_fine"), who.c.counted == 0)
        .group_by(who.c.target, *crowd)
    )  # fmt: skip
    return WORK.insert().from_select([*FILLED, *ZERO], rows)
