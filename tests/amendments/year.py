"""Short ways to a year that is under way and to its amendments; recounts with no product code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.actions import amend_plan, preview_amendment
from shuangyong_core.amendments.queries.read_amendment import read_amendment
from shuangyong_core.amendments.rules.preview import Preview, UnitChange, Wanted
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.plans.models import Plan, Round, Target
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.reports.actions import accept, submit
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.units.models import Unit
from tests.assignments.year import LAUNCHED, OFFICE

PLAN, DISTRICT, STREET, COMMUNITY = "linjiang-2026", "990106", "990106001", "990106001001"
AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)  # R1 is over, R2 is open
STREET_OFFICER = Actor("operator", "street", "街道")
FIGURES = {
    "B03": {"parts": {"双拥": "2", "征兵": "1"}},
    "D05": {"value": "6"},
    "D06": {"value": "4"},
    "F10": {"date": "2026-06-26"},
}


def confirm_year(engine: Engine) -> None:
    """The district and its first street have sent on all they hold."""
    for code in (DISTRICT, STREET):
        with db.write(engine) as session:
            unit = unit_id(session, code)
            confirm_split(session, plan_of(session), unit=unit, actor=OFFICE, at=LAUNCHED)


def report_r2(engine: Engine) -> None:
    """望江社区 has reported the half year, and it was accepted."""
    at = datetime(2026, 7, 8, 2, 0, tzinfo=UTC)
    with db.write(engine) as session:
        facts = {"body": {"figures": FIGURES}, "channel": "form", "key": None, "at": at}
        clerk = Actor("operator", "clerk", "社区")
        sent = submit(session, PLAN, "R2", COMMUNITY, actor=clerk, **facts)
    with db.write(engine) as session:
        accept(session, sent.report, no=1, actor=STREET_OFFICER, at=at)
    with db.write(engine) as session:
        rollups.rebuild(session, at=at)


def plan_of(session: Session) -> Plan:
    return get_plan(session, PLAN)


def unit_id(session: Session, code: str) -> int:
    return session.scalars(select(Unit.id).where(Unit.code == code)).one()


def wanted(session: Session, said: str) -> Wanted:
    """An amendment as a small file says it."""
    return read_amendment(session, plan_of(session), said.encode(), file="amend.yaml")


def preview(session: Session, said: str, *, at: datetime = AT) -> Preview:
    plan = plan_of(session)
    return preview_amendment(session, plan, wanted(session, said), actor=OFFICE, at=at)


def amend(session: Session, said: str, *, seal: str | None = None, at: datetime = AT) -> Preview:
    plan = plan_of(session)
    return amend_plan(session, plan, wanted(session, said), seal=seal, actor=OFFICE, at=at)


def differences(session: Session) -> int:
    """What the recount finds once the marks of the amendment are folded."""
    rollups.fold(session, at=AT)
    return len(rollups.verify(session))


def broken_sums(session: Session) -> list[Any]:
    """Holders whose held is not own + the children's, counted without the product."""
    query = """SELECT q.target, q.unit, q.held, q.own, COALESCE(SUM(c.held), 0)
        FROM quota q
        LEFT JOIN node n ON n.parent = q.unit AND n.tree = 'responsibility'
        LEFT JOIN quota c ON c.unit = n.unit AND c.target = q.target AND c.valid_to IS NULL
        WHERE q.valid_to IS NULL
        GROUP BY q.target, q.unit, q.held, q.own
        HAVING q.held <> q.own + COALESCE(SUM(c.held), 0) AND q.reason = ''"""
    return list(session.execute(text(query.replace("q.own\n", "q.own, q.reason\n"))))


def held(session: Session, target: str, unit: str, *, at: datetime | None = None) -> int | None:
    """What a unit holds now, or held at an instant."""
    when = "q.valid_to IS NULL" if at is None else (
        "q.valid_from <= :at AND (q.valid_to IS NULL OR q.valid_to > :at)"
    )  # fmt: skip
    query = f"""SELECT q.held FROM quota q JOIN target t ON t.id = q.target
        JOIN unit u ON u.id = q.unit WHERE t.code = :t AND u.code = :u AND {when}"""
    # SQLite keeps instants as text of fixed width, without a zone.
    named = None if at is None else at.replace(tzinfo=None).isoformat(" ") + ".000000"
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    values = {"t": target, "u": unit, "at": named if is_sqlite else at}
    found = session.execute(text(query), values).scalar_one_or_none()
    return None if found is None else int(found)


def status(session: Session, target: str, unit: str, *, side: str = "hold") -> str | None:
    query = f"""SELECT a.{side}_status FROM assignment a JOIN target t ON t.id = a.target
        JOIN unit u ON u.id = a.unit WHERE t.code = :t AND u.code = :u"""
    found: str | None = session.execute(text(query), {"t": target, "u": unit}).scalar_one_or_none()
    return found


def due(session: Session, target: str, unit: str) -> dict[str, str]:
    """The open items of a target at a unit: the day each is due, by round."""
    query = """SELECT r.code, d.due FROM due_item d JOIN target t ON t.id = d.target
        JOIN unit u ON u.id = d.unit JOIN round r ON r.id = d.round
        WHERE t.code = :t AND u.code = :u AND d.valid_to IS NULL"""
    rows = session.execute(text(query), {"t": target, "u": unit})
    return {code: str(day) for code, day in rows}


def count(session: Session, table: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def exempt(session: Session, target: str, unit: str) -> None:
    """The unit was exempted: what it has not reported yet is closed, its quota stays."""
    ids = (select(Target.id).where(Target.code == target).scalar_subquery(), unit_id(session, unit))
    which = (Assignment.target == ids[0], Assignment.unit == ids[1])
    session.execute(update(Assignment).where(*which).values(report_status="exempt"))
    r5 = select(Round.id).where(Round.code == "R5").scalar_subquery()
    items = (DueItem.target == ids[0], DueItem.unit == ids[1], DueItem.round == r5)
    session.execute(update(DueItem).where(*items).values(valid_to=LAUNCHED))


def of(found: Preview, code: str) -> UnitChange:
    """A unit of a preview by its code."""
    (one,) = [unit for unit in found.units if unit.code == code]
    return one
