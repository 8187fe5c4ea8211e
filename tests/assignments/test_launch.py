"""A launch gives every unit what the two files say, once, however often it is repeated."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, select, update

from shuangyong_core import db
from shuangyong_core.assignments.actions.launch import (
    GoalsUnshareable,
    Incomplete,
    NotLaunchable,
    UnknownTargets,
    finish_launch,
    prepare_launch,
)
from shuangyong_core.assignments.queries.launching import (
    count_assignments_by_target,
    list_unfinished_plans,
)
from shuangyong_core.plans.models import Plan, PlanStatus
from shuangyong_core.units.models import UnitBase
from tests.assignments.state import broken_sums, count, read_state, state_hash
from tests.assignments.year import LAUNCHED, OFFICE, draft_year, launch, plan_text
from tests.examples import recount


def prepare(engine: Engine, plan_id: int, *, targets: list[str] | None) -> None:
    """The first step of a launch alone."""
    with db.write(engine) as session:
        plan = session.get_one(Plan, plan_id)
        prepare_launch(session, plan, targets=targets, at=LAUNCHED, actor=OFFICE)


def test_the_assignments_are_those_counted_from_the_two_files(
    engine: Engine, launched: int
) -> None:
    units, plan = recount.read_units(), recount.read_plan()

    with db.read(engine) as session:
        counts = count_assignments_by_target(session, session.get_one(Plan, launched))
    state = read_state(engine)

    assert counts == recount.assignments_per_target(units, plan)
    assert {row[:3] for row in state["due_item"]} == recount.due_items(units, plan)
    assert len(state["due_item"]) == len(recount.due_items(units, plan))
    assert len(state["quota"]) == sum(recount.quotas_per_target(units, plan).values())


def test_a_real_district_gets_what_its_file_says(engine: Engine, shared_data: Path) -> None:
    path, plan = shared_data / "units-510106.csv", yaml.safe_load(plan_text("510106"))
    plan_id = draft_year(engine, units=path, issuer="510106")

    launch(engine, plan_id)

    with db.read(engine) as session:
        counts = count_assignments_by_target(session, session.get_one(Plan, plan_id))
    assert counts == recount.assignments_per_target(recount.read_units(path), plan)
    assert broken_sums(engine) == []


def test_what_is_held_is_the_own_part_and_the_childrens(engine: Engine, launched: int) -> None:
    assert count(engine, "quota") > 1000
    assert broken_sums(engine) == []


def test_the_issuer_holds_the_whole_total(engine: Engine, launched: int) -> None:
    quotas = {row[:2]: (row[2], row[3]) for row in read_state(engine)["quota"]}

    assert quotas["C03", "990106"] == ("1290", "0")
    assert quotas["D06", "990106"] == ("258", "0")
    assert quotas["G02", "990106001"] == ("4", "4")


def test_a_holder_that_reports_is_one_party_among_its_children(
    engine: Engine, launched: int
) -> None:
    state = read_state(engine)

    street = next(row for row in state["assignment"] if row[:2] == ("D06", "990106001"))
    quota = next(row for row in state["quota"] if row[:2] == ("D06", "990106001"))

    assert street[2] == "both"
    assert 0 < int(quota[3]) < int(quota[2])


@pytest.mark.parametrize("times", [3])
def test_a_repeated_launch_changes_nothing(engine: Engine, drafted: int, times: int) -> None:
    launch(engine, drafted)
    before, marks, steps = state_hash(engine), count(engine, "mark"), count(engine, "step")

    for _ in range(times):
        launch(engine, drafted)

    assert state_hash(engine) == before
    assert (count(engine, "mark"), count(engine, "step")) == (marks, steps)


def test_two_launches_at_once_give_the_rows_of_one(engine: Engine, drafted: int) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            launch(engine, drafted)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    units, plan = recount.read_units(), recount.read_plan()
    assert count(engine, "due_item") == len(recount.due_items(units, plan))
    assert broken_sums(engine) == []


@pytest.mark.databases("sqlite")
def test_both_databases_give_the_same_rows(
    engine: Engine, drafted: int, new_database: Callable[[str], str]
) -> None:
    other = db.make_engine(new_database("postgresql"))
    units = recount.LINJIANG / "units.csv"
    other_plan = draft_year(other, units=units)

    launch(engine, drafted)
    launch(other, other_plan)

    assert read_state(engine) == read_state(other)
    other.dispose()


def test_a_part_is_launched_first_and_the_rest_later(engine: Engine, drafted: int) -> None:
    launch(engine, drafted, targets=["A04", "C03"])
    with db.read(engine) as session:
        first = count_assignments_by_target(session, session.get_one(Plan, drafted))

    launch(engine, drafted)

    units, plan = recount.read_units(), recount.read_plan()
    expected = recount.assignments_per_target(units, plan)
    assert {code for code, number in first.items() if number} == {"A04", "C03"}
    assert (first["A04"], first["C03"]) == (expected["A04"], expected["C03"])
    with db.read(engine) as session:
        plan_row = session.get_one(Plan, drafted)
        assert count_assignments_by_target(session, plan_row) == expected
        assert plan_row.status == PlanStatus.ACTIVE


def test_an_unknown_target_is_refused_and_nothing_is_written(engine: Engine, drafted: int) -> None:
    with pytest.raises(UnknownTargets) as refused:
        prepare(engine, drafted, targets=["A04", "X9"])

    assert [problem.field for problem in refused.value.problems] == ["X9"]
    assert count(engine, "assignment") == 0


def test_missing_bases_are_told_all_at_once(engine: Engine, drafted: int) -> None:
    with db.write(engine) as session:
        rows = select(UnitBase).where(UnitBase.key == "households")
        lacking = session.scalars(rows.order_by(UnitBase.unit).limit(2)).all()
        for base in lacking:
            session.delete(base)

    with pytest.raises(GoalsUnshareable) as refused:
        prepare(engine, drafted, targets=["C03", "G03"])

    assert {problem.code for problem in refused.value.problems} == {"base_missing"}
    assert [problem.field for problem in refused.value.problems] == ["G03", "G03"]
    with db.read(engine) as session:
        assert session.get_one(Plan, drafted).status == PlanStatus.DRAFT


def test_bases_that_are_all_zero_are_refused(engine: Engine, drafted: int) -> None:
    with db.write(engine) as session:
        session.execute(update(UnitBase).where(UnitBase.key == "households").values(value=0))

    with pytest.raises(GoalsUnshareable) as refused:
        prepare(engine, drafted, targets=None)

    assert [(one.code, one.field) for one in refused.value.problems] == [("all_zero", "G03")]


def test_a_launch_that_lacks_a_branch_cannot_be_finished(engine: Engine, drafted: int) -> None:
    prepare(engine, drafted, targets=None)

    with pytest.raises(Incomplete), db.write(engine) as session:
        finish_launch(session, session.get_one(Plan, drafted), at=LAUNCHED, actor=OFFICE)

    with db.read(engine) as session:
        assert list_unfinished_plans(session) == [drafted]


def test_a_closed_year_takes_no_more_targets(engine: Engine, drafted: int) -> None:
    with db.write(engine) as session:
        session.execute(update(Plan).values(status=PlanStatus.CLOSED))

    with pytest.raises(NotLaunchable):
        prepare(engine, drafted, targets=None)
