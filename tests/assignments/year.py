"""A plan with its units in a database, drafted and launched from the two example files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.launch import (
    cascade_branch,
    finish_launch,
    prepare_launch,
)
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.examples import recount

LAUNCHED = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
OFFICE = Actor("operator", "office", "双拥办")


def plan_text(issuer: str | None = None) -> str:
    """The example plan as it is written; with `issuer`, for another district."""
    text = (recount.LINJIANG / "plan.yaml").read_text(encoding="utf-8")
    return text if issuer is None else text.replace("990106", issuer)


def draft_year(engine: Engine, *, units: Path, issuer: str | None = None) -> int:
    """Units and a drafted plan, through the importers; gives the plan's id."""
    with db.write(engine) as session:
        listed = read_units(units.read_bytes(), units.name)
        import_units(session, listed, actor=OFFICE.key, at=LAUNCHED)
        text = read_plan(plan_text(issuer).encode(), file="plan.yaml")
        return import_plan(session, text, actor=OFFICE, at=LAUNCHED).id


def drafted_year(engine: Engine) -> int:
    """The example plan over the example district, drafted; gives the plan's id."""
    return draft_year(engine, units=recount.LINJIANG / "units.csv")


def launched_year(engine: Engine) -> int:
    """The same, launched."""
    plan_id = drafted_year(engine)
    launch(engine, plan_id)
    return plan_id


def launch(
    engine: Engine,
    plan_id: int,
    *,
    targets: list[str] | None = None,
    at: datetime = LAUNCHED,
    backfill: bool = False,
) -> None:
    """The whole launch, one transaction a step, as the flow does it."""
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        prepare_launch(session, plan, targets=targets, backfill=backfill, at=at, actor=OFFICE)
    with db.read(engine) as session:
        branches = list_branches(session, session.get_one(Plan, plan_id))
    for branch in branches:
        with db.write(engine) as session:
            cascade_branch(session, session.get_one(Plan, plan_id), branch=branch.unit)
    with db.write(engine) as session:
        finish_launch(session, session.get_one(Plan, plan_id), at=at, actor=OFFICE)
