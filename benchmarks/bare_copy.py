"""The bare copy a launch is measured against: the same rows, INSERT..SELECT from plain tables."""

from __future__ import annotations

from sqlalchemy import Engine, text

from benchmarks.driver_time import DriverTime
from shuangyong_core import db
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import subtree_of

TABLES = ("assignment", "quota", "due_item", "mark")


def set_aside(engine: Engine, plan_id: int) -> list[str]:
    """This function will put the rows into plain tables, and give each branch's condition."""
    with db.write(engine) as session:
        for name in TABLES:
            session.execute(text(f"CREATE TABLE copy_{name} AS SELECT * FROM {name}"))
            session.execute(text(f"CREATE INDEX by_unit_{name} ON copy_{name} (unit)"))
        plan = session.get_one(Plan, plan_id)
        branches = [one.unit for one in list_branches(session, plan) if not one.is_direct]
        units = [set(session.scalars(subtree_of(plan.id, branch))) for branch in branches]
    inside = ["unit IN (" + ",".join(map(str, sorted(one))) + ")" for one in units]
    taken = ",".join(str(unit) for one in units for unit in sorted(one))
    return [*inside, f"unit NOT IN ({taken})"]


def copy_again(engine: Engine, driver: DriverTime, parts: list[str]) -> float:
    """This function will write the same rows into the same tables, one transaction a part."""
    with db.write(engine) as session:
        for name in reversed(TABLES):
            session.execute(text(f"DELETE FROM {name}"))
    driver.seconds = 0.0
    for part in parts:
        with db.write(engine) as session:
            for name in TABLES:
                copy = f"INSERT INTO {name} SELECT * FROM copy_{name} WHERE {part}"
                session.execute(text(copy))
    return driver.seconds
