"""Withdrawing: until somebody has decided, and nothing that was sent is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.reports.actions import accept, return_for_revision, withdraw
from shuangyong_core.reports.actions.withdraw import Withdrawal
from shuangyong_core.reports.models import Acceptance, Draft, Submission
from shuangyong_core.reports.queries.happened import DecidedByAnother
from shuangyong_core.reports.rules.refusals import NothingToWithdraw
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street


def take_back(street: Street, actor: Actor | None = None) -> Withdrawal:
    with db.write(street.engine) as session:
        by = actor or street.clerk
        return withdraw(session, PLAN, ROUND, COMMUNITY, actor=by, at=street.at)


def test_a_submission_goes_back_to_draft_and_stays_readable(street: Street) -> None:
    street.send()

    taken_back = take_back(street)

    assert taken_back.status == "draft"
    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.no)).all() == [1]
        assert session.scalars(select(Draft.body)).one() == {"figures": GOOD}


def test_withdrawing_twice_gives_the_first_answer(street: Street) -> None:
    street.send()

    assert take_back(street) == take_back(street)


def test_nothing_sent_is_nothing_to_withdraw(street: Street) -> None:
    with pytest.raises(NotFound):
        take_back(street)


def test_someone_elses_withdrawal_leaves_nothing_to_withdraw(street: Street) -> None:
    street.send()
    take_back(street)

    with pytest.raises(NothingToWithdraw):
        take_back(street, street.street_clerk)


def test_after_a_decision_it_is_too_late_and_the_unit_is_told_who_decided(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)

    with pytest.raises(DecidedByAnother, match="江滨街道审核岗已于 7月20日 10:00 审核通过"):
        take_back(street)


def test_after_a_return_there_is_nothing_to_withdraw(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="少一次", fields={}, actor=street.reviewer, at=street.at
        )

    with pytest.raises(DecidedByAnother, match="退回修改"):
        take_back(street)


def test_a_withdrawn_correction_leaves_the_accepted_submission_counting(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)
    street.send({**GOOD, "B03": {"value": 13}})

    first, again = take_back(street), take_back(street)

    assert (first.status, again) == ("accepted", first)
    with db.read(street.engine) as session:
        live = select(Acceptance.no).where(Acceptance.revoked_at.is_(None))
        assert session.scalars(live).all() == [1]


def test_a_stranger_finds_nothing(street: Street) -> None:
    street.send()

    with pytest.raises(NotFound):
        take_back(street, street.stranger)
