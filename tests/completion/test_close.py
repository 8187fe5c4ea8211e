"""办结确认: refused with the smallest set of what is open and who holds it, then done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.assignments.actions.undo_closing import ClosedAbove
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.assignments.rules.requests import Kind
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.completion.actions.close_assignment import (
    AlreadyClosed,
    MayNotClose,
    StillOpen,
    close_assignment,
)
from shuangyong_core.completion.queries.still_open import list_open, open_targets
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import OutOfReach
from shuangyong_core.reports.actions import accept, reopen, return_for_revision
from shuangyong_core.reports.actions.withdraw import withdraw
from shuangyong_core.reports.models import Report
from shuangyong_core.reports.queries.closed import ClosedFigures
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.rules.status import Act
from tests.completion.asking import ask, decide, statuses
from tests.reports.place import COMMUNITY, GOOD, STREET, Street

NEIGHBOUR = "990106001002"
UNITS = {"990106": 1, STREET: 2, COMMUNITY: 3, NEIGHBOUR: 4}


@pytest.fixture
def one_round(street: Street) -> Street:
    """Only the round that is open is due; the street holds B03 and passes it on."""
    with db.write(street.engine) as session:
        session.execute(delete(DueItem).where(DueItem.round != 2))
        holds = {"target": 1, "unit": 2, "role": "hold", "hold_status": "decomposed", "version": 1}
        session.execute(insert(Assignment).values(holds))
    return street


def close(street: Street, unit: str, *, actor: Actor, target: int = 1) -> None:
    with db.write(street.engine) as session:
        plan = session.get_one(Plan, 1)
        close_assignment(session, plan, unit=UNITS[unit], target=target, actor=actor, at=street.at)


def why(street: Street, unit: str, target: int | None = 1) -> list[tuple[str, str, str]]:
    with db.read(street.engine) as session:
        things = list_open(session, session.get_one(Plan, 1), unit=UNITS[unit], target=target)
    return [(thing.stage.value, thing.unit_name, thing.holder_name) for thing in things]


def report(street: Street, unit: str, **figures: Any) -> int:
    place = ("linjiang-2026", "R2", unit)
    return street.send(figures or None, place=place, actor=street.street_clerk).report


def judge(street: Street, act: Any, number: int, **how: Any) -> None:
    with db.write(street.engine) as session:
        act(session, number, at=street.at, **{"actor": street.reviewer, "no": 1, **how})


def test_what_is_open_goes_from_hand_to_hand(one_round: Street) -> None:
    street = one_round
    assert why(street, STREET) == [
        ("report", "望江社区", "望江社区"),
        ("report", "柳塘社区", "柳塘社区"),
    ]
    first = report(street, COMMUNITY)
    second = report(street, NEIGHBOUR, B03={"value": "3", "parts": {"双拥": 3}})

    assert [row[::2] for row in why(street, STREET)] == [("review", "江滨街道")] * 2

    judge(street, accept, first)
    judge(street, return_for_revision, second, reason="请核对", fields={})

    assert why(street, STREET) == [("correct", "柳塘社区", "柳塘社区")]
    assert why(street, COMMUNITY, None) == []
    with db.read(street.engine) as session:
        assert open_targets(session, session.get_one(Plan, 1), unit=2) == {1}
        assert open_targets(session, session.get_one(Plan, 1), unit=3) == set()


def test_it_is_closed_from_above_with_all_below_and_only_once(one_round: Street) -> None:
    street = one_round
    with pytest.raises(StillOpen) as refused:
        close(street, STREET, actor=street.issuer)
    assert [problem.field for problem in refused.value.problems] == [COMMUNITY, NEIGHBOUR]
    judge(street, accept, report(street, COMMUNITY))
    judge(street, accept, report(street, NEIGHBOUR, B03={"value": "3", "parts": {"双拥": 3}}))
    own = Actor("user", 9, "江滨街道", (Grant(2, Role.MANAGER), Grant(2, Role.REVIEWER)))
    with pytest.raises(MayNotClose, match="上级"):
        close(street, STREET, actor=own)
    with pytest.raises(OutOfReach):
        close(street, STREET, actor=street.stranger)

    close(street, COMMUNITY, actor=own)
    close(street, STREET, actor=street.issuer)
    close(street, STREET, actor=street.issuer)

    assert statuses(street.engine, STREET, "B03") == ("closed", None)
    assert {statuses(street.engine, unit, "B03")[1] for unit in (COMMUNITY, NEIGHBOUR)} == {
        "closed"
    }
    with pytest.raises(AlreadyClosed, match="区双拥办"):
        close(street, STREET, actor=Actor("operator", None, "操作员"))
    with db.read(street.engine) as session:
        told = select(Step.to_status).where(Step.subject_kind == "assignment.report")
        steps = session.scalars(told.where(Step.unit == 4).order_by(Step.id)).all()
    assert steps == ["acknowledged", "in_progress", "done", "closed"]

    # 更正 leaves what is closed alone; what else the report holds may be corrected.
    thirteen = GOOD | {
        "B03": {"value": "13", "parts": {"国防": 6, "双拥": 7}},
        "C06": {"value": "1"},
    }
    with pytest.raises(ClosedFigures) as stands:
        report(street, COMMUNITY, **thirteen)
    assert [problem.field for problem in stands.value.problems] == ["B03"]
    assert "已由区双拥办于" in stands.value.problems[0].message
    with pytest.raises(ClosedFigures):
        report(street, NEIGHBOUR, B03={"value": "3", "parts": {"双拥": 3}})
    assert closed_in_form(street, COMMUNITY) == ({"B03"}, True)
    assert closed_in_form(street, NEIGHBOUR) == ({"B03"}, False)
    report(street, COMMUNITY, **GOOD | {"C06": {"value": "1300"}})
    assert why(street, COMMUNITY, 3) == [("review", "望江社区", "江滨街道")]
    with db.write(street.engine) as session:
        here = ("linjiang-2026", "R2", COMMUNITY)
        withdraw(session, *here, actor=street.street_clerk, at=street.at)
    assert why(street, COMMUNITY, 3) == []

    # A report goes back only from where it was closed; its neighbours stay closed.
    first = report_of(street, COMMUNITY)
    with pytest.raises(ClosedAbove, match=r"B03已由区双拥办于.*江滨街道连同下级"):
        judge(street, reopen, first, no=2, reason="请核对")
    assert statuses(street.engine, COMMUNITY, "B03")[1] == "closed"
    judge(street, reopen, first, no=2, reason="请核对", actor=street.issuer)
    assert statuses(street.engine, STREET, "B03") == ("decomposed", None)
    assert statuses(street.engine, COMMUNITY, "B03")[1] == "in_progress"
    assert statuses(street.engine, NEIGHBOUR, "B03")[1] == "closed"
    assert why(street, STREET) == [("correct", "望江社区", "望江社区")]
    with db.read(street.engine) as session:
        undone = select(AuditEntry.subject).where(AuditEntry.act == "assignment.undo_closing")
        assert session.scalars(undone).all() == ["linjiang-2026/B03/3"]


def closed_in_form(street: Street, unit: str) -> tuple[set[str], bool]:
    """The items that stand under 办结确认, and whether the rest may be sent."""
    with db.read(street.engine) as session:
        place = ("linjiang-2026", "R2", unit)
        form = get_form(session, *place, actor=street.street_clerk, at=street.at)
    codes = {item.due.required.code for item in form.items if item.closed}
    return codes, Act.SUBMIT in form.may


def report_of(street: Street, unit: str) -> int:
    with db.read(street.engine) as session:
        return session.scalars(select(Report.id).where(Report.unit == UNITS[unit])).one()


@pytest.mark.databases("sqlite")
def test_who_is_let_off_owes_nothing_and_who_pauses_does(one_round: Street) -> None:
    street, engine, at = one_round, one_round.engine, one_round.at
    judge(street, accept, report(street, COMMUNITY))
    paused = ask(engine, NEIGHBOUR, Kind.SUSPENSION, target="B03", actor=street.street_clerk, at=at)
    decide(engine, paused, actor=street.issuer, at=at)

    assert why(street, STREET) == [("resume", "柳塘社区", "柳塘社区")]
    with pytest.raises(MayNotClose, match="暂停"):
        close(street, NEIGHBOUR, actor=street.issuer)

    let_off = ask(engine, NEIGHBOUR, Kind.EXEMPTION, target="B03", actor=street.street_clerk,
                  at=at + timedelta(minutes=1))  # fmt: skip
    decide(engine, let_off, actor=street.issuer, at=at)

    assert why(street, STREET) == []
    close(street, STREET, actor=street.issuer)
    assert statuses(engine, NEIGHBOUR, "B03") == (None, "exempt")


@pytest.mark.databases("sqlite")
def test_a_proposal_nobody_looked_at_is_open(one_round: Street) -> None:
    street = one_round
    judge(street, accept, report(street, COMMUNITY))
    judge(street, accept, report(street, NEIGHBOUR, B03={"value": "3", "parts": {"双拥": 3}}))
    with db.write(street.engine) as session:
        session.execute(update(Assignment).where(Assignment.unit == 2).values(hold_status="issued"))

    assert why(street, STREET) == [("confirm", "江滨街道", "江滨街道")]
