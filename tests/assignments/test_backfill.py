"""补录: what is sent down after its round was over stays open for it, and nobody is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Plan, Round, Target
from shuangyong_core.reports.actions import accept, submit
from shuangyong_core.reports.queries import list_rounds
from shuangyong_core.reports.queries.place import find_report
from shuangyong_core.reports.queries.standing import Standing, list_standings
from shuangyong_core.reports.rules.refusals import RoundLocked
from shuangyong_core.rollups.actions.rebuild import rebuild
from shuangyong_core.rollups.actions.verify import verify
from shuangyong_core.rollups.models import LeafState
from shuangyong_core.rollups.queries.holders import Stage, holders_now
from shuangyong_core.rollups.queries.overview import strip
from shuangyong_core.units.queries import get_unit
from shuangyong_core.web.lights import light_of
from tests.assignments.year import OFFICE, draft_year, launch
from tests.examples.recount import LINJIANG
from tests.fixtures.databases import World

PLAN, STREET, FEDERATION = "linjiang-2026", "990106001", "990106-GH"
JANUARY = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)  # R1 and R2 are due, R1 is locked
TODAY = date(2026, 7, 27)  # R2 is locked too
LATER = datetime(2026, 7, 27, 2, 0, tzinfo=UTC)
FEW = {"code", "990106", STREET, "990106001001", FEDERATION, "990106-CY11", "990106-CY16"}
FEW |= {"990106001-GH", "990106001001-GH"}
SPRING = {"C06": {"value": "1000"}, "D13": {"value": "3", "covered": 1}}
R1_FIGURES = SPRING | {"A04": {"date": "2026-03-01"}}


def few_drafted(engine: Engine) -> int:
    """The example plan for a district of seven units, which is enough and quick."""
    rows = (LINJIANG / "units.csv").read_text(encoding="utf-8").splitlines()
    with TemporaryDirectory() as folder:
        few = Path(folder) / "units.csv"
        few.write_text("\n".join(row for row in rows if row.split(",")[0] in FEW), encoding="utf-8")
        return draft_year(engine, units=few)


def few_launched(engine: Engine) -> int:
    """One target in January, two in July as 补录, two in July as ordinary work."""
    drafted = few_drafted(engine)
    launch(engine, drafted, targets=["A04"], at=JANUARY)
    launch(engine, drafted, targets=["C01", "C02", "C06", "D13"], at=JULY, backfill=True)
    launch(engine, drafted, targets=["G04"], at=JULY)
    return drafted


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    return few_launched if "year" in request.fixturenames else few_drafted


@pytest.fixture
def year(engine: Engine) -> Engine:
    """The database of the launched year."""
    return engine


def due_items(engine: Engine) -> dict[tuple[str, str], set[bool]]:
    """Whether the items of each target and round are 补录."""
    with db.read(engine) as session:
        rows = session.execute(
            select(Target.code, Round.code, DueItem.is_backfill)
            .join(Target, Target.id == DueItem.target)
            .join(Round, Round.id == DueItem.round)
        )
        found: dict[tuple[str, str], set[bool]] = {}
        for target, round_, is_backfill in rows:
            found.setdefault((target, round_), set()).add(is_backfill)
    return found


def clerk(engine: Engine, code: str) -> Actor:
    """Who reports for a unit."""
    with db.read(engine) as session:
        unit = get_unit(session, code).id
    return Actor("user", 7, "经办人", (Grant(unit, Role.REPORTER),))


def standings(engine: Engine, code: str) -> dict[str, Standing]:
    """Where a unit's reports stand, by round."""
    with db.read(engine) as session:
        plan = session.scalar(select(Plan.id))
        listed = list_standings(session, plan or 0, [get_unit(session, code).id])
        return {one.round_code: one for one in listed}


def send(engine: Engine, unit: str, round_: str, figures: dict[str, object]) -> None:
    with db.write(engine) as session:
        submit(session, PLAN, round_, unit, body={"figures": figures}, channel="form", key=None,
               actor=clerk(engine, unit), at=LATER)  # fmt: skip


def states(engine: Engine) -> dict[tuple[str, str], Sequence[int]]:
    """Expected, reported and on time of each target and round, in all."""
    with db.write(engine) as session:
        rebuild(session, at=LATER)
    with db.read(engine) as session:
        sums = (func.sum(getattr(LeafState, name)) for name in ("expected", "reported", "on_time"))
        rows = session.execute(
            select(Target.code, Round.code, *sums)
            .join(Target, Target.id == LeafState.target)
            .join(Round, Round.id == LeafState.round)
            .group_by(Target.code, Round.code)
        )
        return {(target, round_): (a, b, c) for target, round_, a, b, c in rows}


@pytest.mark.databases("sqlite")
def test_only_rounds_that_were_over_are_loaded(year: Engine) -> None:
    found = due_items(year)

    assert found == {
        ("A04", "R1"): {False},
        ("C06", "R1"): {True},
        ("D13", "R1"): {True},
        ("C01", "R1"): {True},
        ("C06", "R3"): {False},
        ("D13", "R3"): {False},
        ("C02", "R3"): {False},
        ("G04", "R2"): {False},
        ("G04", "R5"): {False},
    }


def test_nobody_is_late_with_it_but_ordinary_work_stays_late(year: Engine) -> None:
    states(year)
    with db.read(year) as session:
        plan = session.scalars(select(Plan)).one()
        top = strip(session, plan.id, plan.issuer, today=TODAY)
        held = {one.stage: one for one in holders_now(session, plan.id, plan.issuer, today=TODAY)}

    # A04 of the street and the federation in R1, G04 of the federation in R2.
    assert (top.items.overdue, top.overdue_reports) == (3, 3)
    assert held[Stage.OVERDUE].items == 3
    # C01, C06 and D13 of R1 wait, and nobody has held them for a day.
    assert (held[Stage.UNREPORTED].items, held[Stage.UNREPORTED].workdays) == (4, 0)


def test_the_locked_round_takes_it_and_it_is_on_time(year: Engine) -> None:
    send(year, FEDERATION, "R1", R1_FIGURES)

    found = states(year)

    assert found["D13", "R1"] == (1, 1, 1)
    assert found["C06", "R1"] == (2, 1, 1)
    assert found["A04", "R1"] == (2, 1, 0)
    with db.write(year) as session:
        assert verify(session) == []


@pytest.mark.databases("sqlite")
def test_the_lists_of_the_unit_say_so_and_a_locked_round_without_it_stays_locked(
    year: Engine,
) -> None:
    with db.read(year) as session:
        lines = list_rounds(session, PLAN, STREET, actor=clerk(year, STREET), at=LATER)
    first = standings(year, STREET)["R1"]
    second = standings(year, FEDERATION)["R2"]

    # A04 was due in March, so the report as a whole is late; what was added is not.
    assert [(line.code, line.is_open) for line in lines] == [("R1", True), ("R3", False)]
    assert (first.items, first.backfilled, first.unsent) == (3, 2, 2)
    assert first.is_open(TODAY)
    assert not second.is_open(TODAY)
    assert light_of(second, TODAY)[0] == "late"
    with pytest.raises(RoundLocked):
        send(year, FEDERATION, "R2", {"G04": {"value": "2"}})


@pytest.mark.databases("sqlite")
def test_a_report_of_nothing_else_has_no_red_light(engine: Engine, drafted: int) -> None:
    launch(engine, drafted, targets=["C01"], at=JULY, backfill=True)

    with db.read(engine) as session:
        (line,) = list_rounds(session, PLAN, STREET, actor=clerk(engine, STREET), at=LATER)
    standing = standings(engine, STREET)["R1"]

    assert (line.is_open, line.is_late) == (True, False)
    assert standing.is_backfill
    assert light_of(standing, TODAY)[0] == "na"


def test_what_comes_after_an_accepted_report_waits_in_the_list(
    engine: Engine, drafted: int
) -> None:
    launch(engine, drafted, targets=["A04"], at=JULY, backfill=True)
    send(engine, STREET, "R1", {"A04": {"date": "2026-03-01"}})
    before = standings(engine, STREET)["R1"]
    with db.write(engine) as session:
        accept(session, find_report(session, PLAN, "R1", STREET), no=1, actor=OFFICE, at=LATER)

    launch(engine, drafted, targets=["C01"], at=LATER, backfill=True)
    after = standings(engine, STREET)["R1"]
    send(engine, STREET, "R1", {"A04": {"date": "2026-03-01"}, "C01": {"keys": ["驻军单位A"]}})

    assert (before.unsent, before.is_open(TODAY)) == (0, False)
    assert (after.unsent, after.is_open(TODAY)) == (1, True)
    assert standings(engine, STREET)["R1"].unsent == 0


@pytest.mark.databases("sqlite")
def test_a_repeat_makes_no_ordinary_work_into_it(engine: Engine, drafted: int) -> None:
    launch(engine, drafted, targets=["A04"], at=JANUARY)

    launch(engine, drafted, targets=["A04"], at=JULY, backfill=True)

    assert due_items(engine) == {("A04", "R1"): {False}}
