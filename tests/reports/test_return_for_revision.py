"""Returning: one reason, every field at once, and the unit may send again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.errors import Problems
from shuangyong_core.reports.actions import return_for_revision
from shuangyong_core.reports.actions.decide import Decision
from shuangyong_core.reports.models import ReviewReturn
from shuangyong_core.reports.queries.happened import DecidedByAnother
from shuangyong_core.reports.rules.review import MayNotReview, ReasonMissing
from tests.reports.place import Street


def give_back(street: Street, report: int, **how: Any) -> Decision:
    facts = {"no": 1, "reason": "宣传活动少填 1 次", "fields": {"B03": "补上 6 月的一次"}}
    facts |= {"actor": street.reviewer, "at": street.at} | how
    with db.write(street.engine) as session:
        return return_for_revision(session, report, **facts)


def test_a_return_keeps_its_reason_and_what_to_mend(street: Street) -> None:
    report = street.send().report

    decision = give_back(street, report)

    assert decision.status == "returned"
    with db.read(street.engine) as session:
        row = session.scalars(select(ReviewReturn)).one()
        assert (row.reason, row.fields) == ("宣传活动少填 1 次", {"B03": "补上 6 月的一次"})


@pytest.mark.parametrize("reason", ["", "　 ", None])
def test_a_return_needs_a_reason(street: Street, reason: str | None) -> None:
    report = street.send().report

    with pytest.raises(ReasonMissing, match="退回时必须写明原因。"):
        give_back(street, report, reason=reason)


def test_a_return_names_only_items_of_the_report(street: Street) -> None:
    report = street.send().report

    with pytest.raises(Problems) as refused:
        give_back(street, report, fields={"ZZ": "", "B03": "x" * 301})

    assert [problem.field for problem in refused.value.problems] == ["ZZ", "B03"]


def test_returning_twice_gives_the_first_answer(street: Street) -> None:
    report = street.send().report

    first = give_back(street, report)

    assert give_back(street, report, at=street.at + timedelta(hours=1)) == first


def test_another_reason_is_not_the_same_act(street: Street) -> None:
    report = street.send().report
    give_back(street, report)

    with pytest.raises(DecidedByAnother, match="退回修改"):
        give_back(street, report, reason="还有一处")


def test_a_returned_report_is_sent_again_even_after_the_round_is_locked(street: Street) -> None:
    report = street.send().report
    give_back(street, report)

    again = street.send(at=street.at + timedelta(days=10))

    assert again.no == 2


def test_the_unit_does_not_return_its_own_report(street: Street) -> None:
    report = street.send().report

    with pytest.raises(MayNotReview):
        give_back(street, report, actor=street.clerk)
