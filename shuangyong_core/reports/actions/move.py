"""The one way a report's status moves: compare-and-swap, a step, marks and the audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.audit import actions as audit
from shuangyong_core.db import insert_into
from shuangyong_core.errors import NotFound
from shuangyong_core.marks import actions as marks
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.happened import SUBJECT, decided_by_another
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.rules.status import Act, Status, next_status


@dataclass(frozen=True, slots=True)
class Held:
    """A report held for one transaction: nobody else moves it meanwhile."""

    id: int
    status: Status
    version: int
    latest_no: int


def hold(session: Session, report: int) -> Held:
    """This function will hold a report until the end of the transaction; raises NotFound."""
    columns = (Report.id, Report.status, Report.version, Report.latest_no)
    row = session.execute(select(*columns).where(Report.id == report).with_for_update()).first()
    if row is None:
        raise NotFound
    return Held(row.id, Status(row.status), row.version, row.latest_no)


def hold_or_open(session: Session, place: Place, *, actor: Actor, at: datetime) -> Held:
    """This function will hold a unit's report in a round, opening it when it is the first time."""
    at_place = (Report.unit == place.unit, Report.round == place.round)
    blank = {"status": Status.DRAFT, "version": 0, "latest_no": 0}
    opened = session.scalar(
        insert_into(session, Report)
        .values(unit=place.unit, round=place.round, **blank)
        .on_conflict_do_nothing(index_elements=["unit", "round"])
        .returning(Report.id)
    )
    report = opened or session.scalars(select(Report.id).where(*at_place)).one()
    if opened is not None:
        _step(session, report, place, came_from=None, to=Status.DRAFT, actor=actor, at=at)
    return hold(session, report)


def move(
    session: Session,
    held: Held,
    place: Place,
    *,
    act: Act,
    actor: Actor,
    at: datetime,
    no: int | None = None,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Status:
    """This function will move a report by the table; raises DecidedByAnother if it cannot."""
    to = next_status(held.status, act)
    if to is None:
        raise decided_by_another(session, held.id)
    _swap(session, held, status=to, latest_no=held.latest_no if no is None else no)
    _step(session, held.id, place, came_from=held.status, to=to, actor=actor, at=at, note=note)
    mark_items(session, place)
    audit.record(
        session,
        act=f"report.{act}",
        subject=place.subject,
        actor=actor.key,
        at=at,
        detail={"no": held.latest_no if no is None else no, **(detail or {})},
    )
    return to


def _swap(session: Session, held: Held, *, status: Status, latest_no: int) -> None:
    swapped: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Report)
        .where(Report.id == held.id, Report.version == held.version, Report.status == held.status)
        .values(status=status, version=held.version + 1, latest_no=latest_no)
        .execution_options(synchronize_session=False)
    )
    if swapped.rowcount != 1:
        raise decided_by_another(session, held.id)


def _step(
    session: Session,
    report: int,
    place: Place,
    *,
    came_from: Status | None,
    to: Status,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> None:
    marks.take_step(
        session,
        subject_kind=SUBJECT,
        subject_id=report,
        unit=place.unit,
        from_status=came_from,
        to_status=to,
        at=at,
        actor=actor.key,
        note=note,
    )


def mark_items(session: Session, place: Place) -> None:
    """This function will mark every item of a unit's report to be folded again."""
    items = select(DueItem.target).where(DueItem.unit == place.unit, DueItem.round == place.round)
    targets = session.scalars(items).all()
    marks.mark(session, [(place.unit, target, place.round) for target in targets])
