"""The one way a report's status moves: compare-and-swap, a step, marks and the audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Insert, bindparam, select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.audit import actions as audit
from shuangyong_core.db import database_of, quiet_insert, table_of
from shuangyong_core.errors import NotFound
from shuangyong_core.later import write_later
from shuangyong_core.marks import actions as marks
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.happened import SUBJECT, decided_by_another
from shuangyong_core.reports.queries.known import known_in
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.sent import HELD
from shuangyong_core.reports.rules.status import Act, Status, next_status

# Built once, filled in for each act: to build a statement costs more than to run it.
_report, _item = table_of(Report), table_of(DueItem).c
HOLD = HELD.where(_report.c.id == bindparam("of_report")).with_for_update()
HOLD_AT = HELD.where(
    _report.c.unit == bindparam("of_unit"), _report.c.round == bindparam("of_round")
).with_for_update()
SWAP = (
    update(_report)
    .where(
        _report.c.id == bindparam("held_id"),
        _report.c.version == bindparam("held_version"),
        _report.c.status == bindparam("held_status"),
    )
    .values(
        status=bindparam("to_status"), version=bindparam("to_version"), latest_no=bindparam("to_no")
    )
)
MARK_ITEMS = marks.marking(
    select(_item.unit, _item.target, _item.round).where(
        _item.unit == bindparam("of_unit"), _item.round == bindparam("of_round")
    )
)


@cache
def _open_on(database: str) -> Insert:
    opening = quiet_insert(database, _report, conflict=["unit", "round"])
    return opening.returning(_report.c.id)


@dataclass(frozen=True, slots=True)
class Held:
    """A report held for one transaction: nobody else moves it meanwhile."""

    id: int
    status: Status
    version: int
    latest_no: int
    is_alone: bool = False  # no other act of its batch touches it: what is written here can wait


def hold(session: Session, report: int) -> Held:
    """This function will hold a report until the end of the transaction; raises NotFound."""
    row = session.execute(HOLD, {"of_report": report}).first()
    if row is None:
        raise NotFound
    return Held(row.id, Status(row.status), row.version, row.latest_no)


def hold_or_open(session: Session, place: Place, *, actor: Actor, at: datetime) -> Held:
    """This function will hold a unit's report in a round, opening it when it is the first time."""
    here = {"of_unit": place.unit, "of_round": place.round}
    known = known_in(session).held
    is_alone = (place.unit, place.round) in known
    row = known[place.unit, place.round] if is_alone else session.execute(HOLD_AT, here).first()
    if row is None:
        blank = {"unit": place.unit, "round": place.round, "status": Status.DRAFT.value}
        opening = _open_on(database_of(session))
        opened = session.scalar(opening, blank | {"version": 0, "latest_no": 0})
        if opened is not None:
            _step(session, opened, place, came_from=None, to=Status.DRAFT, actor=actor, at=at)
            return Held(opened, Status.DRAFT, version=0, latest_no=0, is_alone=is_alone)
        row = session.execute(HOLD_AT, here).one()  # another was quicker
    return Held(row.id, Status(row.status), row.version, row.latest_no, is_alone=is_alone)


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
    swap = {
        "held_id": held.id,
        "held_version": held.version,
        "held_status": held.status.value,
        "to_status": status.value,
        "to_version": held.version + 1,
        "to_no": latest_no,
    }
    if held.is_alone:
        write_later(session, SWAP, [swap])
        return
    swapped: CursorResult[Any] = session.execute(SWAP, swap)  # type: ignore[assignment]
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
    write_later(session, MARK_ITEMS, [{"of_unit": place.unit, "of_round": place.round}])
