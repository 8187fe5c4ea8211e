"""Who reports what in a branch, and how much each weighs, added up level by level."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Executable,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.content import TargetContent, groups
from shuangyong_core.assignments.actions.launch.crowd import fill_crowds
from shuangyong_core.assignments.actions.launch.territory import weigh_by_territory
from shuangyong_core.assignments.actions.launch.work import (
    UNITS,
    WORK,
    analyse,
    dialect_of,
    insert_into,
    integer,
    run,
)
from shuangyong_core.plans.models import Plan
from shuangyong_core.units.models import UnitBase

COLUMNS = [column.name for column in WORK.columns]
ADDED = ("holds", "measured", "weight", "each")
SUMMED: dict[str, Any] = {"measured": func.max, "weight": func.sum, "each": func.sum}


def weigh(
    session: Session,
    plan: Plan,
    contents: Sequence[TargetContent],
    *,
    top: int,
    by_code: bool,
    then: Executable | None = None,
    is_fine: bool | None = None,
    by: str | None = None,
) -> int:
    """This function will fill the work for the units taken and give its lowest depth.

    Weights are added up to depth `top`; automatic targets go to their `who` alone. `by_code`:
    the plan names some units by their code. `then` is run before anything is added up. `by`: a
    base in place of the plan's split, or nothing in it for each reporter to weigh 1.
    """
    dialect = dialect_of(session)
    analyse(session, UNITS)
    targets = [content.id for content in contents]
    # Codes first: a unit named by its code keeps that goal, whatever its kind has.
    for name in ("code", "kind") if by_code else ("kind",):
        chosen = {} if by is None else {"by": by}
        run(session, _fill(dialect, name, by is not None), targets=targets, **chosen)
    if by or (by is None and any(content.base for content in contents)):
        run(session, weigh_by_territory(bool(by)), plan=plan.id, **chosen)
    if is_fine is not None:
        fill_crowds(session, contents, is_fine=is_fine)
    if then is not None:
        run(session, then)
    return _add_up(session, dialect, top=top)


def _add_up(session: Session, dialect: str, *, top: int) -> int:
    lowest = session.connection().scalar(_lowest()) or top
    for depth in range(lowest, top, -1):
        run(session, _add_own_parties(), level=depth)
        run(session, _climb(dialect), level=depth)
    # Not before: levels it has not seen would make a loop out of the split.
    analyse(session, WORK)
    return lowest


@cache
def _lowest() -> Select[tuple[int]]:
    return select(func.max(WORK.c.depth)).where(WORK.c.counted == 0)


@cache
def _fill(dialect: str, name: str, is_chosen: bool) -> Executable:
    who = groups()
    by = bindparam("by", type_=String)
    key, shares = (by, literal(1)) if is_chosen else (who.c.base, func.coalesce(who.c.shares, 1))
    counted = who.c.counted
    measured = and_(counted == 0, or_(who.c.total == 1, who.c.each.is_not(None)))
    base = (
        select(UnitBase.value)
        .where(UnitBase.key == key, UnitBase.unit == UNITS.c.unit)
        .order_by(UnitBase.date.desc())
        .limit(1)
        .scalar_subquery()
    )
    weight = case(
        (or_(who.c.total == 0, counted == 1), 0),
        (by == "" if is_chosen else who.c.base.is_(None), shares),
        else_=base,
    )
    each = case((counted == 0, func.coalesce(who.c.each, 0)), else_=0)
    row = _row(
        UNITS.c.depth, who.c.target, UNITS.c.unit, UNITS.c.parent, UNITS.c.code,
        counted=counted, reports=literal(1), measured=case((measured, 1), else_=0),
        weight=weight, each=each, version=who.c.version,
    )  # fmt: skip
    rows = select(*row).join_from(who, UNITS, who.c.who == UNITS.c[name])
    statement: Executable = _insert(dialect, rows).on_conflict_do_nothing()
    return statement


@cache
def _add_own_parties() -> Executable:
    """A holder one level up that also reports becomes one party among its children."""
    level = integer("level")
    holders = select(WORK.c.target, WORK.c.parent).where(WORK.c.depth == level, WORK.c.counted == 0)
    above = holders.distinct().subquery("holders")
    own = _row(
        level, WORK.c.target, WORK.c.unit, WORK.c.unit, WORK.c.code,
        is_own=literal(1), measured=WORK.c.measured, weight=WORK.c.weight, each=WORK.c.each,
    )  # fmt: skip
    rows = select(*own).join_from(
        above,
        WORK,
        and_(
            WORK.c.depth == level - 1,
            WORK.c.target == above.c.target,
            WORK.c.unit == above.c.parent,
        ),
    )
    return WORK.insert().from_select(COLUMNS, rows)


@cache
def _climb(dialect: str) -> Executable:
    """Each holder one level up gets the sums of its parties."""
    level = integer("level")
    below = (
        select(
            WORK.c.target, WORK.c.parent.label("unit"),
            *(added(WORK.c[name]).label(name) for name, added in SUMMED.items()),
        )
        .where(WORK.c.depth == level, WORK.c.counted == 0)
        .group_by(WORK.c.target, WORK.c.parent)
        .subquery("below")
    )  # fmt: skip
    sums = _row(
        level - 1, below.c.target, below.c.unit, UNITS.c.parent, UNITS.c.code,
        holds=literal(1), measured=below.c.measured, weight=below.c.weight, each=below.c.each,
    )  # fmt: skip
    rows = select(*sums).join_from(below, UNITS, UNITS.c.unit == below.c.unit)
    statement = _insert(dialect, rows)
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=[WORK.c.depth, WORK.c.target, WORK.c.unit],
        set_={name: statement.excluded[name] for name in ADDED},
    )
    return upsert


def _row(*key: Any, **values: Any) -> list[Any]:
    return [*key, *(values.get(name, literal(0)) for name in COLUMNS[len(key) :])]


def _insert(dialect: str, rows: Any) -> Any:
    # SQLite reads ON CONFLICT after a bare join as part of the join, hence the WHERE.
    return insert_into(dialect, WORK).from_select(COLUMNS, rows.where(literal(1) == 1))
