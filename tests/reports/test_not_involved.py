"""不涉及 for many units at once: all or none, all problems at once, never over a figure."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.errors import Problems
from shuangyong_core.reports.actions import not_involved, save_draft, set_not_involved
from shuangyong_core.reports.actions.not_involved import SetAside
from shuangyong_core.reports.actions.save_draft import DraftMoved
from shuangyong_core.reports.models import Draft, Figure, Report
from shuangyong_core.reports.queries.asked import (
    AskedUnits,
    RoundUnclear,
    find_open_round,
    list_asked,
    list_open_below,
)
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, STREET, Street

NEIGHBOUR = "990106001002"
WHY = "没有驻军单位"
OFFICER = Actor("user", 3, "江滨街道", (Grant(2, Role.REPORTER), Grant(2, Role.REVIEWER)))


def mark(street: Street, *units: str, **how: Any) -> list[SetAside]:
    facts = {"targets": ["B03"], "reason": WHY, "channel": "form", "actor": OFFICER}
    facts |= {"at": street.at} | how
    with db.write(street.engine) as session:
        return list(set_not_involved(session, PLAN, ROUND, units, **facts))


def test_a_unit_that_is_asked_nothing_else_is_reported_and_counts(street: Street) -> None:
    (done,) = mark(street, NEIGHBOUR)

    assert (done.outcome, done.number, done.is_reviewed) == (
        "submitted", f"R2-{NEIGHBOUR}-1", True,
    )  # fmt: skip
    with db.read(street.engine) as session:
        assert session.execute(select(Figure.state, Figure.text)).one() == ("not_involved", WHY)
        assert session.scalars(select(Report.status)).one() == "accepted"


def test_a_unit_with_more_to_report_keeps_it_in_its_draft(street: Street) -> None:
    first, second = mark(street, NEIGHBOUR, COMMUNITY)

    assert (first.unit, first.outcome) == (COMMUNITY, "drafted")
    assert first.missing == ("B06", "C06", "A16", "C01", "F10")
    assert second.outcome == "submitted"
    with db.read(street.engine) as session:
        bodies = session.scalars(select(Draft.body).order_by(Draft.report)).all()
        assert {"B03": {"not_involved": WHY}} in [body["figures"] for body in bodies]


def test_the_last_figure_that_was_missing_sends_the_report(street: Street) -> None:
    figures = {code: figure for code, figure in GOOD.items() if code != "B03"}
    with db.write(street.engine) as session:
        save_draft(session, PLAN, ROUND, COMMUNITY, body={"figures": figures, "note": "已核对"},
                   version=None, actor=street.clerk, at=street.at)  # fmt: skip

    (done,) = mark(street, COMMUNITY)

    assert (done.outcome, done.missing) == ("submitted", ())
    with db.read(street.engine) as session:
        states = session.scalars(select(Figure.state)).all()
        assert sorted(states) == ["not_involved"] + ["reported"] * 5


def test_a_figure_that_stands_is_never_overwritten_and_nothing_is_written(street: Street) -> None:
    street.send()
    before = street.counts()

    with pytest.raises(Problems) as refused:
        mark(street, COMMUNITY, NEIGHBOUR, "990106099")

    said = {problem.field: problem.message for problem in refused.value.problems}
    assert "望江社区的 B03 已经填了数，没有改动" in said[COMMUNITY]
    assert len(said) == 2
    assert street.counts() == before


@pytest.mark.databases("sqlite")
def test_what_is_typed_at_the_same_moment_is_not_written_over(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(session: Session, *given: Any, **named: Any) -> AskedUnits:
        found = list_asked(session, *given, **named)
        save_draft(session, PLAN, ROUND, COMMUNITY, body={"figures": {"B03": {"value": 5}}},
                   version=None, actor=street.clerk, at=street.at)  # fmt: skip
        return found

    monkeypatch.setattr(not_involved, "list_asked", look)

    with pytest.raises(DraftMoved):
        mark(street, COMMUNITY)


def test_all_problems_are_said_at_once(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        mark(street, COMMUNITY, NEIGHBOUR, "990106099", targets=["B06", "Z99"])

    codes = sorted(problem.code for problem in refused.value.problems)
    assert codes == ["unknown_target", "unknown_target", "unknown_target", "unknown_unit"]


def test_the_same_again_changes_nothing(street: Street) -> None:
    mark(street, COMMUNITY, NEIGHBOUR)
    before = street.counts()

    done = mark(street, COMMUNITY, NEIGHBOUR, reason="另一个原因")

    assert {each.outcome for each in done} == {"unchanged"}
    assert street.counts() == before


@pytest.mark.parametrize("reason", ["", "  ", "长" * 400])
def test_the_reason_is_checked_once(street: Street, reason: str) -> None:
    with pytest.raises(Problems) as refused:
        mark(street, COMMUNITY, NEIGHBOUR, reason=reason)

    assert [problem.field for problem in refused.value.problems] == ["reason"]


def test_who_may_only_look_marks_nothing(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        mark(street, NEIGHBOUR, actor=street.viewer)

    assert "不能填报" in refused.value.problems[0].message


def test_the_one_open_round_is_found_and_the_units_below_that_said_nothing(street: Street) -> None:
    street.send()
    with db.read(street.engine) as session:
        asked = {"targets": ["B03"], "at": street.at}
        assert find_open_round(session, PLAN, [NEIGHBOUR], **asked) == ROUND
        assert find_open_round(session, PLAN, [STREET], is_below=True, **asked) == ROUND
        with pytest.raises(RoundUnclear):
            find_open_round(session, PLAN, [STREET], **asked)
        below = list_open_below(session, PLAN, ROUND, STREET, targets=["B03"], actor=OFFICER)
    assert below == [NEIGHBOUR]
