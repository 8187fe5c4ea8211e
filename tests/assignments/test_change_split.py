"""A changed split adds up, is proposed anew below, and only one of two writers wins."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from sqlalchemy import Engine, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.actions.change_split import (
    NotSplitHere,
    SplitMoved,
    SplitWrong,
    Wish,
    change_split,
)
from shuangyong_core.assignments.actions.decompose import (
    SplitsMoved,
    decompose,
    find_problems,
)
from shuangyong_core.assignments.models import Assignment
from shuangyong_core.assignments.queries.seals import seal_of
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.plans.models import Plan
from tests.assignments.acts import change, confirm, read_split, target_id, unit_id
from tests.assignments.state import broken_sums, count, read_state
from tests.assignments.year import OFFICE

DISTRICT, STREET = "990106", "990106001"
STREET_OFFICER = Actor("operator", "street", "街道")


def moved_by(split: object, difference: int) -> dict[str, int]:
    """The first child more, the second as much less."""
    first, second = split.children[:2]  # type: ignore[attr-defined]
    return {first.code: first.held + difference, second.code: second.held - difference}


def test_a_street_changes_its_communities(engine: Engine, launched: int, at: datetime) -> None:
    before = read_split(engine, launched, STREET, "C03")
    wish = moved_by(before, 3)

    after = change(engine, launched, STREET, "C03", wish, actor=STREET_OFFICER, at=at)

    assert {child.code: child.held for child in after.children} == {
        child.code: wish.get(child.code, child.held) for child in before.children
    }
    assert after.hold_status == "decomposed"
    assert {child.state for child in after.children} == {"confirmed"}
    assert broken_sums(engine) == []


def test_below_a_changed_child_the_default_is_proposed_anew(
    engine: Engine, launched: int, at: datetime
) -> None:
    confirm(engine, launched, STREET, actor=STREET_OFFICER, at=at)
    wish = moved_by(read_split(engine, launched, DISTRICT, "D06"), 5)
    rows = count(engine, "quota")

    change(engine, launched, DISTRICT, "D06", wish, actor=OFFICE, at=at)

    below = read_split(engine, launched, STREET, "D06")
    assert below.held == wish[STREET]
    assert below.hold_status == "acknowledged"
    assert below.excess == 0
    assert broken_sums(engine) == []
    assert count(engine, "quota") > rows


def test_the_old_quota_stays_readable_as_it_was(
    engine: Engine, launched: int, at: datetime
) -> None:
    before = read_split(engine, launched, STREET, "C03")
    first = before.children[0]

    change(engine, launched, STREET, "C03", moved_by(before, 1), actor=STREET_OFFICER, at=at)

    rows = [row for row in read_state(engine)["quota"] if row[:2] == ("C03", first.code)]
    assert {(row[2], row[6] == "None") for row in rows} == {
        (str(first.held), False),
        (str(first.held + 1), True),
    }


def test_changed_twice_in_one_instant_the_later_stands(
    engine: Engine, launched: int, at: datetime
) -> None:
    before = read_split(engine, launched, STREET, "C03")
    change(engine, launched, STREET, "C03", moved_by(before, 1), actor=STREET_OFFICER, at=at)

    change(engine, launched, STREET, "C03", moved_by(before, 2), actor=STREET_OFFICER, at=at)

    after = read_split(engine, launched, STREET, "C03")
    assert after.children[0].held == before.children[0].held + 2
    assert broken_sums(engine) == []


def test_an_excess_above_the_limit_stands_with_its_reason(
    engine: Engine, launched: int, at: datetime
) -> None:
    before = read_split(engine, launched, STREET, "C03")
    first = before.children[0]
    wish = {first.code: first.held + before.held}

    with pytest.raises(SplitWrong) as refused:
        change(engine, launched, STREET, "C03", wish, actor=STREET_OFFICER, at=at)
    after = change(
        engine, launched, STREET, "C03", wish, reason="留有余地", actor=STREET_OFFICER, at=at
    )

    assert [problem.code for problem in refused.value.problems] == ["too_much"]
    assert (after.excess, after.reason, after.is_above_limit) == (before.held, "留有余地", True)


def test_a_split_that_does_not_add_up_writes_nothing(
    engine: Engine, launched: int, at: datetime
) -> None:
    before = read_split(engine, launched, STREET, "C03")
    wish = {before.children[0].code: 0, "990106002001": 5}

    with pytest.raises(SplitWrong):
        change(engine, launched, STREET, "C03", wish, actor=STREET_OFFICER, at=at)

    assert read_split(engine, launched, STREET, "C03") == before


def test_of_two_who_read_the_same_split_one_is_told_who_was_first(
    engine: Engine, launched: int, at: datetime
) -> None:
    read = read_split(engine, launched, STREET, "C03")
    wish = moved_by(read, 1)
    who = {"version": read.version, "at": at}
    change(engine, launched, STREET, "C03", wish, actor=STREET_OFFICER, **who)

    with pytest.raises(SplitMoved) as refused:
        change(engine, launched, STREET, "C03", wish, actor=OFFICE, **who)

    assert "操作员于" in str(refused.value)


def test_of_two_at_once_one_waits_and_is_told_what_changed(
    engine: Engine, launched: int, at: datetime
) -> None:
    changed, told = threading.Event(), []

    def confirm_late() -> None:
        """Read before the other's act, sent while it is under way."""
        changed.wait(30)
        with pytest.raises(SplitsMoved) as refused:
            send(seal, actor=OFFICE)
        told.append(str(refused.value))

    def send(seal: str, *, actor: Actor) -> None:
        with db.write(engine) as session:
            plan, here = session.get_one(Plan, launched), unit_id(session, STREET)
            decompose(session, plan, unit=here, wishes={}, seal=seal, actor=actor, at=at)

    before = read_split(engine, launched, STREET, "C03")
    with db.read(engine) as session:
        plan = session.get_one(Plan, launched)
        seal = seal_of(list_splits(session, plan, unit=unit_id(session, STREET)))
    late = threading.Thread(target=confirm_late)
    late.start()
    with db.write(engine) as session:
        plan, here = session.get_one(Plan, launched), unit_id(session, STREET)
        wish = Wish(moved_by(before, 1))
        change_split(
            session, plan, unit=here, target=before.target, wish=wish, version=None,
            actor=STREET_OFFICER, at=at,
        )  # fmt: skip
        changed.set()
        # Long enough for the other to come in and find the door closed.
        late.join(0.5)
        assert late.is_alive()
    late.join(30)

    assert "操作员于" in told[0]
    assert "C03 春节走访优抚对象、烈军属" in told[0]
    assert broken_sums(engine) == []


@pytest.mark.databases("sqlite")
def test_what_one_that_is_let_off_had_is_no_excess(
    engine: Engine, launched: int, at: datetime
) -> None:
    gone, other = read_split(engine, launched, STREET, "C03").children[:2]
    with db.write(engine) as session:
        here = (Assignment.unit == gone.unit, Assignment.target == target_id(session, "C03"))
        session.execute(update(Assignment).where(*here).values(report_status="exempt"))
    # As a page sends it: the box of the one that was let off comes back as it stood.
    wish = Wish({gone.code: gone.held, other.code: other.held + gone.held})

    problems = find_problems([read_split(engine, launched, STREET, "C03")], {"C03": wish})
    after = change(engine, launched, STREET, "C03", wish.children, actor=STREET_OFFICER, at=at)

    assert problems == []
    assert after.excess == 0
    assert [child.held for child in after.children][:2] == [0, other.held + gone.held]


def test_what_is_not_a_total_is_not_split(engine: Engine, launched: int, at: datetime) -> None:
    with pytest.raises(NotSplitHere):
        change(engine, launched, STREET, "B03", {}, actor=STREET_OFFICER, at=at)
