"""Where a report lies: its plan, round and unit, found by codes or by the report's id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.db import table_of
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan, Round
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.known import known_in
from shuangyong_core.units.models import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in a round of a plan, with what the rules ask of each."""

    plan: int
    plan_code: str
    plan_status: str
    year: int
    issuer: int
    round: int
    round_code: str
    round_title: str
    opens_on: date
    due_date: date
    locks_on: date  # or the day to which something here was put off, if that is later
    done_by: date | None
    is_provisional: bool
    unit: int
    unit_code: str
    unit_name: str
    is_backfill: bool  # 补录: something here was sent down when the round was over

    @property
    def codes(self) -> dict[str, str]:
        """The address in codes, as a body may repeat it."""
        return {"plan": self.plan_code, "round": self.round_code, "unit": self.unit_code}

    @property
    def subject(self) -> str:
        """The address as the audit keeps it."""
        return f"report:{self.plan_code}/{self.round_code}/{self.unit_code}"


_plan, _round, _unit = table_of(Plan).c, table_of(Round).c, table_of(Unit).c
_due = table_of(DueItem).c
# What was granted a later date stays open until that day, whatever the round's lock says.
_granted = (
    select(func.max(_due.due))
    .where(_due.unit == _unit.id, _due.round == _round.id, _due.valid_to.is_(None))
    .where(_due.due > _due.first_due, _due.due > _round.locks_on)
    .scalar_subquery()
)
COLUMNS: tuple[Any, ...] = (
    _plan.id, _plan.code, _plan.status, _plan.year, _plan.issuer,
    _round.id, _round.code, _round.title, _round.opens_on, _round.due_date,
    func.coalesce(_granted, _round.locks_on),
    _round.done_by, _round.is_provisional,
    _unit.id, _unit.code, _unit.name,
    exists().where(
        _due.unit == _unit.id,
        _due.round == _round.id,
        _due.is_backfill,
        _due.valid_to.is_(None),
    ),
)  # fmt: skip
# Built once: every act on a report begins here.
_IN_ROUND = (
    select(*COLUMNS)
    .select_from(table_of(Plan))
    .join(table_of(Round), _round.plan == _plan.id)
    .where(_plan.code == bindparam("of_plan"), _round.code == bindparam("of_round"))
)
BY_CODES = _IN_ROUND.join(table_of(Unit), _unit.code == bindparam("of_unit"))
BY_MANY = _IN_ROUND.join(table_of(Unit), _unit.code.in_(bindparam("of_units", expanding=True)))


def find_place(session: Session, plan: str, round_code: str, unit: str) -> Place:
    """This function will find a place by its three codes; raises NotFound."""
    known = known_in(session).places.get((plan, round_code, unit))
    if known is not None:
        return known
    return _one(session, BY_CODES, of_plan=plan, of_round=round_code, of_unit=unit)


def places_by_codes(
    session: Session, plan: str, round_code: str, units: Sequence[str]
) -> list[Place]:
    """This function will find those places of a round that there are, in one look."""
    codes = {"of_plan": plan, "of_round": round_code, "of_units": units}
    return [Place(*row) for row in session.execute(BY_MANY, codes)]


def find_place_of(session: Session, report: int) -> Place:
    """This function will find the place of a report; raises NotFound."""
    return _one(
        session,
        select(*COLUMNS)
        .select_from(Report)
        .join(Round, Round.id == Report.round)
        .join(Plan, Plan.id == Round.plan)
        .join(Unit, Unit.id == Report.unit)
        .where(Report.id == report),
    )


def find_report(session: Session, plan: str, round_code: str, unit: str) -> int:
    """This function will find a report's id by the codes of its place; raises NotFound."""
    place = find_place(session, plan, round_code, unit)
    found = session.scalar(
        select(Report.id).where(Report.unit == place.unit, Report.round == place.round)
    )
    if found is None:
        raise NotFound
    return found


def latest_no(session: Session, report: int) -> int:
    """This function will give the number of a report's latest submission, 0 before the first."""
    return session.scalar(select(Report.latest_no).where(Report.id == report)) or 0


def _one(session: Session, query: Select[Any], **codes: str) -> Place:
    row = session.execute(query, codes).first()
    if row is None:
        raise NotFound
    return Place(*row)
