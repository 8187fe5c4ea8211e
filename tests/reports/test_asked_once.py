"""One indicator is asked once for a unit and round, however many targets use it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from shuangyong_core import db
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Plan, Target, TargetVersion
from shuangyong_core.reports.actions import accept, save_draft
from shuangyong_core.reports.queries import get_form
from shuangyong_core.reports.queries.required import due_figures_of
from shuangyong_core.reports.queries.standing import list_standings
from shuangyong_core.reports.queries.year_pages import year_pages
from shuangyong_core.rollups.actions.fold import fold
from shuangyong_core.rollups.models import LeafState
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, ROUNDS, Street

TWIN, UNIT = 7, 3


@pytest.fixture
def twins(street: Street) -> Street:
    """The street with B04, a second target of B03's indicator, in the same unit and round."""
    due = ROUNDS[2][3]
    with db.write(street.engine) as session:
        session.execute(insert(Target).values(id=TWIN, plan=1, code="B04", indicator=1))
        session.execute(
            insert(TargetVersion).values(
                target=TWIN, from_version=1, title="国防教育进社区", category="双拥活动",
                heading=2, goal_kind="none", goal_note="示例", split="same", per="year", weight=1,
                shown_to=[], evidence={}, source="P2 三1", position=TWIN,
            )
        )  # fmt: skip
        session.execute(
            insert(Assignment).values(
                target=TWIN, unit=UNIT, role="report", report_status="issued", version=1
            )
        )
        session.execute(
            insert(DueItem).values(
                target=TWIN, unit=UNIT, round=2, done_by=due, first_due=due, due=due,
                due_version=1, valid_from=street.at,
            )
        )  # fmt: skip
        session.execute(insert(Mark).values(target=TWIN, unit=UNIT, round=2))
    return street


def test_the_form_asks_once_and_says_what_else_it_counts_for(twins: Street) -> None:
    with db.read(twins.engine) as session:
        form = get_form(session, PLAN, ROUND, COMMUNITY, actor=twins.clerk, at=twins.at)
        (standing,) = (one for one in list_standings(session, 1, [UNIT]) if one.round == 2)
        (page,) = year_pages(session, session.get_one(Plan, 1), [UNIT])

        in_workbook = due_figures_of(session, [UNIT], 2)[UNIT]

    assert [item.required.code for item in in_workbook] == list(GOOD)
    codes = [item.due.required.code for item in form.items]
    assert codes == list(GOOD)
    assert form.items[0].due.also == ("B04",)
    assert "同时计入：国防教育进社区。" in form.items[0].due.required.hint
    assert standing.items == len(GOOD)
    assert [len(round_.items) for round_ in page.rounds] == [6, 6, 6]


def test_what_was_typed_for_either_stands_in_the_one_field(twins: Street) -> None:
    with db.write(twins.engine) as session:
        save_draft(session, PLAN, ROUND, COMMUNITY, body={"figures": {"B04": {"value": "3"}}},
                   version=0, actor=twins.clerk, at=twins.at)  # fmt: skip

    with db.read(twins.engine) as session:
        form = get_form(session, PLAN, ROUND, COMMUNITY, actor=twins.clerk, at=twins.at)
    assert form.items[0].typed == {"value": "3"}


@pytest.mark.parametrize("code", ["B03", "B04"])
def test_sent_once_by_either_code_it_reaches_both_targets(twins: Street, code: str) -> None:
    figures = {**GOOD, code: GOOD["B03"]}
    if code == "B04":
        del figures["B03"]
    report = twins.send(figures).report
    with db.write(twins.engine) as session:
        accept(session, report, no=1, actor=twins.reviewer, at=twins.at + timedelta(hours=1))
    with db.write(twins.engine) as session:
        fold(session, at=twins.at + timedelta(hours=2))

    with db.read(twins.engine) as session:
        found = session.execute(
            select(LeafState.target, LeafState.numerator, LeafState.accepted)
            .where(LeafState.unit == UNIT, LeafState.round == 2, LeafState.target.in_([1, TWIN]))
            .order_by(LeafState.target)
        ).all()
    assert [tuple(row) for row in found] == [(1, 12, 1), (TWIN, 12, 1)]
