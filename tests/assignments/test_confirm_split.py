"""A holder signs and sends on; the deadline lets the default stand; the year is confirmed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.assignments.actions.acknowledge import (
    AlreadyAcknowledged,
    open_assignments,
)
from shuangyong_core.assignments.actions.confirm_split import (
    AlreadyConfirmed,
    NothingToConfirm,
    confirm_split,
)
from shuangyong_core.assignments.actions.redate_items import redate_items
from shuangyong_core.assignments.actions.settle_defaults import settle_defaults
from shuangyong_core.assignments.queries.confirmed import confirmed_units
from shuangyong_core.assignments.queries.moves import SPLIT
from shuangyong_core.assignments.queries.table import AssignmentRow, list_assignments
from shuangyong_core.marks.models import Step
from shuangyong_core.marks.queries import list_steps
from shuangyong_core.plans.models import Plan, Round
from shuangyong_core.plans.queries.authority import NotAllowed, OutOfReach
from tests.assignments.acts import (
    confirm,
    one_behind_the_other,
    read_split,
    sign,
    target_id,
    unit_id,
)
from tests.assignments.state import count, read_state
from tests.assignments.year import LAUNCHED

STREET, OTHER, COMMUNITY = "990106001", "990106002", "990106001001"
ONE, TWO = Actor("operator", "one", "甲"), Actor("operator", "two", "乙")


def table(engine: Engine, plan: int, unit: str, actor: Actor) -> dict[str, AssignmentRow]:
    with db.read(engine) as session:
        here = session.get_one(Plan, plan)
        rows = list_assignments(session, here, unit=unit_id(session, unit), actor=actor)
        return {row.code: row for row in rows}


def confirmed(engine: Engine, plan: int) -> set[int]:
    with db.read(engine) as session:
        return set(session.scalars(confirmed_units(plan)))


def someone(engine: Engine, unit: str, role: Role) -> Actor:
    with db.read(engine) as session:
        return Actor("user", 7, "某人", (Grant(unit_id(session, unit), role),))


def test_signing_takes_all_that_is_issued_once(engine: Engine, launched: int, at: datetime) -> None:
    first = sign(engine, launched, STREET, actor=ONE, at=at)
    again = sign(engine, launched, STREET, actor=ONE, at=at)

    assert len(first) > 10
    assert again == []
    with pytest.raises(AlreadyAcknowledged, match="操作员"):
        sign(engine, launched, STREET, actor=TWO, at=at)


def test_confirming_sends_the_proposal_on(engine: Engine, launched: int, at: datetime) -> None:
    sent = confirm(engine, launched, STREET, actor=ONE, at=at)

    split = read_split(engine, launched, STREET, "C03")
    assert split.hold_status == "decomposed"
    assert {child.state for child in split.children} == {"confirmed"}
    with db.read(engine) as session:
        steps = list_steps(
            session, subject_kind="assignment.hold", subject_id=target_id(session, "C03")
        )
    assert [step.to_status for step in steps] == ["acknowledged", "decomposed"]
    assert confirm(engine, launched, STREET, actor=ONE, at=at) == []
    assert sent
    with pytest.raises(AlreadyConfirmed, match="操作员"):
        confirm(engine, launched, STREET, actor=TWO, at=at)


def test_a_community_has_nothing_to_send_on(engine: Engine, launched: int, at: datetime) -> None:
    with pytest.raises(NothingToConfirm):
        confirm(engine, launched, COMMUNITY, actor=ONE, at=at)


def test_the_year_is_confirmed_when_everything_held_is_sent_on(
    engine: Engine, launched: int, at: datetime
) -> None:
    marks = count(engine, "mark")
    sign(engine, launched, STREET, actor=ONE, at=at)
    before = confirmed(engine, launched)

    confirm(engine, launched, STREET, actor=ONE, at=at)

    with db.read(engine) as session:
        street = unit_id(session, STREET)
    assert before == set()
    assert confirmed(engine, launched) == {street}
    assert count(engine, "mark") > marks


def test_opening_is_receiving_and_is_never_refused(
    engine: Engine, launched: int, at: datetime
) -> None:
    moved = []
    for actor in (ONE, TWO):
        with db.write(engine) as session:
            plan, unit = session.get_one(Plan, launched), unit_id(session, COMMUNITY)
            moved.append(open_assignments(session, plan, unit=unit, actor=actor, at=at))

    assert moved[0]
    assert moved[1] == []
    assert {row.report_status for row in table(engine, launched, COMMUNITY, ONE).values()} <= {
        "acknowledged",
        "issued",
    }


def test_after_the_deadline_the_default_stands_and_may_still_be_changed(
    engine: Engine, launched: int
) -> None:
    settled = []
    for days in (9, 30, 31):
        with db.write(engine) as session:
            plan = session.get_one(Plan, launched)
            settled.append(settle_defaults(session, plan, at=LAUNCHED + timedelta(days=days)))

    assert settled[0] == 0
    assert settled[1] == count(engine, "quota")
    assert settled[2] == 0
    assert {row[4] for row in read_state(engine)["quota"]} == {"automatic"}
    assert confirmed(engine, launched) == set()
    assert "decompose" in table(engine, launched, STREET, ONE)["C03"].may


@pytest.mark.databases("postgresql")
def test_what_is_confirmed_at_that_very_moment_is_not_told_as_settled(
    engine: Engine, launched: int
) -> None:
    late = LAUNCHED + timedelta(days=30)

    one_behind_the_other(
        engine,
        lambda session: confirm_split(
            session, session.get_one(Plan, launched), unit=unit_id(session, STREET),
            actor=ONE, at=late,
        ),
        lambda session: settle_defaults(session, session.get_one(Plan, launched), at=late),
    )  # fmt: skip

    with db.read(engine) as session:
        told = select(Step.unit).where(Step.subject_kind == SPLIT, Step.to_status == "automatic")
        holders = set(session.scalars(told))
        assert unit_id(session, OTHER) in holders
        assert unit_id(session, STREET) not in holders


def test_the_table_says_what_may_be_done_and_why_not(engine: Engine, launched: int) -> None:
    manager = someone(engine, STREET, Role.MANAGER)
    viewer = someone(engine, STREET, Role.VIEWER)

    row = table(engine, launched, STREET, manager)["C03"]
    seen = table(engine, launched, STREET, viewer)["C03"]

    assert row.may == ("acknowledge", "confirm", "decompose")
    assert seen.may == ()
    assert "管理" in seen.may_not["confirm"]
    items = table(engine, launched, COMMUNITY, manager)["C03"].due_items
    assert [(item.round, item.due.isoformat()) for item in items] == [("R1", "2026-03-06")]


def test_a_street_reaches_no_other_street(engine: Engine, launched: int, at: datetime) -> None:
    manager = someone(engine, STREET, Role.MANAGER)
    viewer = someone(engine, STREET, Role.VIEWER)

    with pytest.raises(OutOfReach):
        confirm(engine, launched, OTHER, actor=manager, at=at)
    with pytest.raises(NotAllowed):
        confirm(engine, launched, STREET, actor=viewer, at=at)


def test_due_items_follow_the_dates_of_their_rounds(engine: Engine, launched: int) -> None:
    later = datetime(2026, 3, 10, tzinfo=UTC).date()
    with db.write(engine) as session:
        round_ = session.scalars(select(Round).where(Round.code == "R1")).one()
        round_.due_date = later
        session.flush()

        changed = redate_items(session, at=LAUNCHED)
        again = redate_items(session, at=LAUNCHED)

    items = [row for row in read_state(engine)["due_item"] if row[2] == "R1"]
    assert changed == len(items)
    assert again == 0
    assert {(row[4], row[5], row[6]) for row in items} == {("2026-03-10", "2026-03-10", "2")}
