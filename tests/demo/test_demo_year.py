"""The demo year shows what a July looks like: finished, late, returned, waiting, 不涉及."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import SYSTEM
from shuangyong_core.accounts.models import User
from shuangyong_core.assignments.actions import launch
from shuangyong_core.assignments.queries.branches import list_branches
from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.people import SUPPORTING, add_people
from shuangyong_core.demo.play import play
from shuangyong_core.demo.prepare import prepare
from shuangyong_core.demo.setting import LAUNCH_DAY, PLAN, PRETEND_DAY
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import get_plan, get_target
from shuangyong_core.reports.models import Figure, ReportFile
from shuangyong_core.reports.queries.supports import list_supports
from shuangyong_core.rollups.actions import rebuild, verify
from shuangyong_core.rollups.queries import show, strip
from shuangyong_core.units.models import Tree, Unit

JULY = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def year(
    new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """The demo year on SQLite, launched without Prefect by the same acts."""
    engine = db.make_engine(new_database("sqlite"))
    at = at_shanghai(LAUNCH_DAY, 9)
    with db.write(engine) as session:
        prepare(session)
        add_people(session, at=at_shanghai(LAUNCH_DAY.replace(day=6), 9))
    with db.write(engine) as session:
        plan = get_plan(session, PLAN)
        launch.prepare_launch(session, plan, targets=None, at=at, actor=SYSTEM)
        for branch in list_branches(session, plan):
            launch.cascade_branch(session, plan, branch=branch.unit)
        launch.finish_launch(session, plan, at=at, actor=SYSTEM)
    told: list[tuple[int, int]] = []
    folder: Path = tmp_path_factory.mktemp("files")
    play(engine, folder=folder, tell=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 500
    with db.write(engine) as session:
        rebuild(session, at=JULY)
    yield engine
    engine.dispose()


def test_the_strip_adds_up(year: Engine) -> None:
    with db.read(year) as session:
        plan = get_plan(session, PLAN)
        tally = strip(session, plan.id, plan.issuer, today=PRETEND_DAY).items

    counts = (tally.expected, tally.reported, tally.accepted)
    hands = (tally.pending, tally.reviewing, tally.returned, tally.overdue)
    assert counts == (771, 746, 688)
    assert hands == (46, 4, 8, 25)
    assert tally.accepted + sum(hands) == tally.expected


def test_one_street_left_its_split_to_the_default(year: Engine) -> None:
    assert _value(year, "A06") == "13"


def test_five_of_six_handouts_were_done_in_time(year: Engine) -> None:
    assert _value(year, "K01") == "83.3"


def test_what_has_no_part_yet_shows_no_number(year: Engine) -> None:
    assert _value(year, "C14") is None


def test_some_work_was_not_involved_and_says_why(year: Engine) -> None:
    with db.read(year) as session:
        texts = session.scalars(select(Figure.text).where(Figure.state == "not_involved")).all()

    assert len(texts) > 3
    assert all(texts)


def test_papers_lie_with_the_reports(year: Engine) -> None:
    with db.read(year) as session:
        assert session.scalar(select(func.count()).select_from(ReportFile)) == 11


def test_a_recount_finds_no_difference_and_both_trees_agree(year: Engine) -> None:
    with db.write(year) as session:
        assert verify(session) == []
        plan = get_plan(session, PLAN)
        numbers = [_numbers(session, plan, tree) for tree in Tree]
        goals = [_goals(session, plan, tree) for tree in Tree]
    assert numbers[0] == numbers[1]
    # By responsibility what was sent down, by territory Σ own: one street asked for two more.
    differing = {code: (goals[0][code], goals[1][code]) for code in goals[0]}
    assert {code: both for code, both in differing.items() if both[0] != both[1]} == {
        "D06": ("258", "260")
    }


def _numbers(session: Session, plan: Plan, tree: Tree) -> list[object]:
    lines = show(session, plan.id, plan.issuer, today=PRETEND_DAY, tree=tree)
    return [(line.target.code, line.value, line.tally) for line in lines]


def _goals(session: Session, plan: Plan, tree: Tree) -> dict[str, str | None]:
    lines = show(session, plan.id, plan.issuer, today=PRETEND_DAY, tree=tree)
    return {line.target.code: line.goal for line in lines}


def _value(year: Engine, target: str) -> str | None:
    with db.read(year) as session:
        plan = get_plan(session, PLAN)
        wanted = get_target(session, plan.id, target).id
        lines = show(session, plan.id, plan.issuer, today=PRETEND_DAY, target=wanted)
    return lines[0].value.text


def test_the_supporting_unit_can_sign_in_and_sees_what_it_supports(year: Engine) -> None:
    with db.read(year) as session:
        login = select(User.id).where(User.login == SUPPORTING)
        unit = select(Unit.id).where(Unit.code == SUPPORTING)
        found = list_supports(session, get_plan(session, PLAN), unit=session.scalars(unit).one())
        assert session.scalar(login) is not None

    assert found
