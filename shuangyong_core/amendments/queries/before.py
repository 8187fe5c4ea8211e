"""What is due before an amendment, put by for as long as the transaction, to compare with."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    MetaData,
    Table,
    and_,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from shuangyong_core.amendments.rules.preview import ItemChange
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Plan, Target

BEFORE = Table(
    "amend_before",
    MetaData(),
    Column("target", BigInteger, primary_key=True, autoincrement=False),
    Column("unit", BigInteger, primary_key=True, autoincrement=False),
    Column("round", BigInteger, primary_key=True, autoincrement=False),
    Column("done_by", Date, nullable=False),
    Column("due", Date, nullable=False),
    prefixes=["TEMPORARY"],
)
Key = tuple[int, int]  # unit, target


def put_by(session: Session, plan: Plan) -> None:
    """This function will put by what is due in the plan now."""
    connection = session.connection()
    connection.execute(CreateTable(BEFORE, if_not_exists=True))
    connection.execute(BEFORE.delete())
    rows = (
        select(DueItem.target, DueItem.unit, DueItem.round, DueItem.done_by, DueItem.due)
        .join(Target, Target.id == DueItem.target)
        .where(Target.plan == plan.id, DueItem.valid_to.is_(None))
    )
    connection.execute(insert(BEFORE).from_select([one.name for one in BEFORE.columns], rows))


def item_changes(session: Session, plan: Plan) -> dict[Key, ItemChange]:
    """This function will count what is due more, no longer, or on another day, by unit."""
    now = DueItem.__table__
    same = and_(
        now.c.target == BEFORE.c.target,
        now.c.unit == BEFORE.c.unit,
        now.c.round == BEFORE.c.round,
        now.c.valid_to.is_(None),
    )
    in_plan = now.c.target.in_(select(Target.id).where(Target.plan == plan.id))
    came = (
        select(now.c.unit, now.c.target)
        .select_from(now.outerjoin(BEFORE, same))
        .where(now.c.valid_to.is_(None), BEFORE.c.target.is_(None), in_plan)
    )
    kept = BEFORE.outerjoin(now, same)
    before = select(BEFORE.c.unit, BEFORE.c.target).select_from(kept)
    moved = (now.c.due != BEFORE.c.due) | (now.c.done_by != BEFORE.c.done_by)
    counts: dict[Key, dict[str, int]] = {}
    for name, chosen in (
        ("added", came),
        ("withdrawn", before.where(now.c.id.is_(None))),
        ("redated", before.where(moved)),
    ):
        grouped = chosen.add_columns(func.count()).group_by(*chosen.selected_columns)
        for unit, target, count in session.connection().execute(grouped):
            counts.setdefault((unit, target), {})[name] = count
    codes = codes_of(session, plan)
    return {key: ItemChange(codes[key[1]], **found) for key, found in counts.items()}


def due_before(session: Session) -> dict[int, int]:
    """This function will count what was due, by unit."""
    counted = select(BEFORE.c.unit, func.count()).group_by(BEFORE.c.unit)
    return {unit: count for unit, count in session.connection().execute(counted)}


def codes_of(session: Session, plan: Plan) -> dict[int, str]:
    """This function will give the codes of a plan's targets by id."""
    found = select(Target.id, Target.code).where(Target.plan == plan.id)
    return dict(session.execute(found).tuples().all())
