"""As of a day (截至某日): a session in which a plan stands as it stood when that day was over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Executable, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from shuangyong_core.clock import end_of_day, shanghai_date
from shuangyong_core.db import database_of
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Edition, Plan, PlanVersion
from shuangyong_core.rollups.actions.build import build
from shuangyong_core.rollups.actions.statements import past
from shuangyong_core.rollups.actions.statements.tables import REAL

NOTHING: Mapping[str, Any] = {}


class DayToCome(Refused):
    """Nobody knows what will be reported."""

    message = "截至日期 {day} 还没有到，最晚可以查今天（{today}）。"
    code = "day_to_come"


class BeforeLaunch(Refused):
    """The plan was not sent down yet."""

    message = "计划在 {launched} 才下达，{day} 还没有数，请选 {launched} 或以后的日期。"
    code = "before_launch"


def turn_back(
    session: Session, plan: Plan, *, day: date, today: date, target: int | None = None
) -> None:
    """This function will let a session apart see a plan, or one target of it, as of a day.

    From here on whatever reads the plan reads that day. Raises DayToCome and BeforeLaunch.
    """
    if day > today:
        raise DayToCome(day=day.isoformat(), today=today.isoformat())
    asked = _asked(session, plan, day=day) | {"of_target": target}
    _lay_over(session)
    _run(session, past.copies(of_one=target is not None), asked)
    if database_of(session) == "postgresql":
        _run(session, [text(f"ANALYZE pg_temp.{name}") for name in past.tables()])
    build(session, REAL, plans=[plan.id])


def _asked(session: Session, plan: Plan, *, day: date) -> dict[str, Any]:
    end = end_of_day(day)
    numbers = []
    for history in (Edition, PlanVersion):
        known = select(func.max(history.no)).where(history.plan == plan.id)
        numbers.append(session.scalar(known.where(history.applied_at < end)))
    edition, version = numbers
    if edition is None:
        began = select(func.min(Edition.applied_at)).where(Edition.plan == plan.id)
        launched = session.scalar(began)
        if launched is not None:
            since = shanghai_date(launched).isoformat()
            raise BeforeLaunch(launched=since, day=day.isoformat())
    numbered = {"of_edition": edition or 1, "of_version": version or 1}
    return {"of_end": end, "of_plan": plan.id} | numbered


def _lay_over(session: Session) -> None:
    parts: list[Executable] = []
    for table in past.tables().values():
        parts += [CreateTable(table), *map(CreateIndex, table.indexes)]
    _run(session, parts)
    session.expunge_all()


def _run(
    session: Session, statements: Iterable[Executable], asked: Mapping[str, Any] = NOTHING
) -> None:
    """What is kept is named by its own schema, for its bare names are about to mean the day."""
    schemas: dict[str | None, str]
    if database_of(session) == "sqlite":
        schemas = {None: "main", past.THEN: "temp"}
    else:
        home = str(session.scalar(select(func.current_schema())))
        schemas = {None: home, past.THEN: "pg_temp"}
    for statement in statements:
        session.execute(statement, asked, execution_options={"schema_translate_map": schemas})
