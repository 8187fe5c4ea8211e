"""Reopening: out of the sum at once, until the unit sends again and is accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.reports.actions import accept, reopen
from shuangyong_core.reports.actions.decide import Decision
from shuangyong_core.reports.models import Acceptance
from shuangyong_core.reports.queries.happened import DecidedByAnother
from shuangyong_core.reports.rules.review import MayNotReview, ReasonMissing
from tests.reports.place import Street


@pytest.fixture
def accepted(street: Street) -> int:
    """An accepted report."""
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)
    return report


def open_again(street: Street, report: int, **how: Any) -> Decision:
    facts = {"no": 1, "reason": "与名册不符", "actor": street.reviewer}
    facts |= {"at": street.at + timedelta(hours=1)} | how
    with db.write(street.engine) as session:
        return reopen(session, report, **facts)


def test_a_reopened_report_counts_no_longer(street: Street, accepted: int) -> None:
    decision = open_again(street, accepted)

    assert decision.status == "reopened"
    with db.read(street.engine) as session:
        row = session.scalars(select(Acceptance)).one()
        assert row.revoked_at == street.at + timedelta(hours=1)


def test_the_unit_answers_and_is_accepted_anew(street: Street, accepted: int) -> None:
    open_again(street, accepted)

    assert street.send(at=street.at + timedelta(days=20)).no == 2
    with db.write(street.engine) as session:
        later = street.at + timedelta(days=21)
        accept(session, accepted, no=2, actor=street.second_reviewer, at=later)
    with db.read(street.engine) as session:
        live = select(Acceptance.no).where(Acceptance.revoked_at.is_(None))
        assert session.scalars(live).all() == [2]


def test_reopening_needs_a_reason(street: Street, accepted: int) -> None:
    with pytest.raises(ReasonMissing, match="退回复核时必须写明原因"):
        open_again(street, accepted, reason=" ")


def test_reopening_twice_gives_the_first_answer(street: Street, accepted: int) -> None:
    first = open_again(street, accepted)

    assert open_again(street, accepted, at=street.at + timedelta(hours=2)) == first


def test_the_issuer_may_reopen_and_the_unit_may_not(street: Street, accepted: int) -> None:
    with pytest.raises(MayNotReview):
        open_again(street, accepted, actor=street.clerk)
    assert open_again(street, accepted, actor=street.issuer).status == "reopened"


def test_what_waits_for_review_is_not_reopened(street: Street) -> None:
    report = street.send().report

    with pytest.raises(DecidedByAnother, match="望江社区联络员已于 7月20日 10:00 报送"):
        open_again(street, report)
