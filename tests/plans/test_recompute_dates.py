"""A holiday notice moves the dates that stand on its year, and only those still open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.calendar.actions import load_notice
from shuangyong_core.calendar.rules import parse_notice
from shuangyong_core.plans.actions import import_plan, recompute_dates
from shuangyong_core.plans.actions.recompute_dates import DatesMoved
from shuangyong_core.plans.queries import get_plan, list_rounds
from shuangyong_core.plans.queries.plan import RoundRow
from shuangyong_core.plans.rules.read_plan import read_plan
from tests.calendar.invented import NOTICE_2027
from tests.plans.conftest import OPERATOR

YEAR, DAYS = parse_notice(NOTICE_2027)
EARLY = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def next_year(district: Engine, plan_file: str, at: datetime) -> Engine:
    """The plan of 2027, whose holiday notice is not out; C03 is done 6 working days before 春节."""
    # R1 is due three weeks later than in 2026 and opens by rule; R4 is due after the holiday.
    written = (
        plan_file.replace("2026", "2027")
        .replace("opens_on: 2027-02-25, ", "")
        .replace("due_date: 2027-10-15", "due_date: 2027-10-11")
        .replace("rounds: [R1]\n    goal: {total", "done_by: [春节-6wd]\n    goal: {total")
    )
    with db.write(district) as session:
        plan = read_plan(written.encode(), file="plan.yaml")
        import_plan(session, plan, actor=OPERATOR, at=at)
    return district


def load(engine: Engine, at: datetime) -> DatesMoved:
    with db.write(engine) as session:
        load_notice(session, year=YEAR, days=DAYS, source="虚构", actor_key=OPERATOR.key, at=at)
        return recompute_dates(session, actor=OPERATOR, at=at)


def rounds(engine: Engine) -> dict[str, RoundRow]:
    with db.read(engine) as session:
        plan = get_plan(session, "linjiang-2027")
        return {one.code: one for one in list_rounds(session, plan.id)}


def test_dates_become_firm_and_say_what_changed(next_year: Engine) -> None:
    before = rounds(next_year)

    moved = load(next_year, EARLY)

    after = rounds(next_year)
    assert before["R1"].is_provisional
    assert not any(one.is_provisional for one in after.values())
    # 2027-10-09 is a make-up day, and 10-04 and 10-05 are holidays.
    assert before["R4"].opens_on != after["R4"].opens_on
    assert {one.after.code for one in moved.rounds} == {"R1", "R2", "R3", "R4", "R5"}
    (own,) = {(one.who, one.before, one.after) for one in moved.done_by}
    assert own[0] == "community"
    assert own[1] is not None
    # 2027-01-30 is a make-up day within the six.
    assert own[1] < own[2] < date(2027, 2, 6)


def test_a_second_time_nothing_changes(next_year: Engine) -> None:
    load(next_year, EARLY)

    again = load(next_year, EARLY)

    assert again == DatesMoved((), ())
    with db.read(next_year) as session:
        acts = session.scalars(
            select(AuditEntry.act).where(AuditEntry.act == "plan.recompute_dates")
        ).all()
    assert len(acts) == 1


def test_a_round_that_has_closed_keeps_its_dates(next_year: Engine) -> None:
    before = rounds(next_year)

    moved = load(next_year, datetime(2027, 9, 1, tzinfo=UTC))

    after = rounds(next_year)
    assert after["R1"] == before["R1"]
    assert {one.after.code for one in moved.rounds} == {"R4", "R5"}
    assert moved.done_by == ()
