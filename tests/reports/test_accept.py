"""Accepting: what the reviewer saw, once, by somebody else than the sender."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.marks.models import Mark, Step
from shuangyong_core.reports.actions import accept, return_for_revision, save_draft, withdraw
from shuangyong_core.reports.actions.decide import Decision
from shuangyong_core.reports.models import Acceptance, Report
from shuangyong_core.reports.queries.happened import DecidedByAnother
from shuangyong_core.reports.rules.review import ContentChanged, MayNotReview, OwnReport
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street


def decide(street: Street, report: int, *, no: int = 1, by: Actor, **later: Any) -> Decision:
    with db.write(street.engine) as session:
        return accept(session, report, no=no, actor=by, at=street.at + timedelta(**later))


def test_from_then_on_the_submission_counts(street: Street) -> None:
    report = street.send().report

    decision = decide(street, report, by=street.reviewer)

    assert (decision.status, decision.no) == ("accepted", 1)
    with db.read(street.engine) as session:
        row = session.scalars(select(Acceptance)).one()
        assert (row.no, row.accepted_at, row.revoked_at) == (1, street.at, None)
        assert session.scalars(select(Step.to_status)).all()[-1] == "accepted"
        assert "report.accept" in session.scalars(select(AuditEntry.act)).all()
        assert len(session.scalars(select(Mark.id)).all()) == 12


def test_the_issuer_decides_as_a_superior_further_up(street: Street) -> None:
    report = street.send().report

    assert decide(street, report, by=street.issuer).status == "accepted"


def test_who_may_only_look_does_not_decide(street: Street) -> None:
    report = street.send().report

    with pytest.raises(MayNotReview):
        decide(street, report, by=street.viewer)


def test_accepting_twice_gives_the_first_answer(street: Street) -> None:
    report = street.send().report

    first = decide(street, report, by=street.reviewer)

    assert decide(street, report, by=street.reviewer, hours=1) == first


def test_a_second_reviewer_is_told_who_was_first(street: Street) -> None:
    report = street.send().report
    decide(street, report, by=street.reviewer)

    with pytest.raises(DecidedByAnother, match="江滨街道审核岗已于 7月20日 10:00 审核通过"):
        decide(street, report, by=street.second_reviewer)


def test_two_reviewers_at_once_one_decides_and_the_other_is_told(street: Street) -> None:
    report = street.send().report
    start = threading.Barrier(2)
    decided: list[Decision] = []
    told: list[Refused] = []

    def run(act: Callable[[Session], Decision]) -> None:
        start.wait()
        try:
            with db.write(street.engine) as session:
                decision = act(session)
            decided.append(decision)
        except Refused as refused:
            told.append(refused)

    def yes(session: Session) -> Decision:
        return accept(session, report, no=1, actor=street.reviewer, at=street.at)

    def no(session: Session) -> Decision:
        return return_for_revision(session, report, no=1, reason="请核对", fields={},
                                   actor=street.second_reviewer, at=street.at)  # fmt: skip

    threads = [threading.Thread(target=run, args=(act,)) for act in (yes, no)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(decided) == 1
    assert [type(refused) for refused in told] == [DecidedByAnother]


def test_withdrawn_while_the_reviewer_looked_it_is_not_accepted(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        withdraw(session, PLAN, ROUND, COMMUNITY, actor=street.clerk, at=street.at)

    with pytest.raises(ContentChanged, match="内容已更新：您看的是第 1 次报送，单位已经撤回"):
        decide(street, report, by=street.reviewer)


def test_sent_again_while_the_reviewer_looked_the_old_one_is_not_accepted(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        withdraw(session, PLAN, ROUND, COMMUNITY, actor=street.clerk, at=street.at)
    street.send({**GOOD, "B03": {"value": 13}})

    with pytest.raises(ContentChanged, match="现在是第 2 次"):
        decide(street, report, no=1, by=street.reviewer)
    assert decide(street, report, no=2, by=street.reviewer).no == 2


def test_a_correction_replaces_what_counted_at_the_same_instant(street: Street) -> None:
    report = street.send().report
    decide(street, report, by=street.reviewer)
    street.send({**GOOD, "B03": {"value": 13}})

    decide(street, report, no=2, by=street.reviewer, hours=1)

    with db.read(street.engine) as session:
        rows = {row.no: row for row in session.scalars(select(Acceptance))}
        assert rows[1].revoked_at == rows[2].accepted_at == street.at + timedelta(hours=1)
        assert rows[2].revoked_at is None


def test_nobody_reviews_their_own_report(street: Street) -> None:
    both = Actor("user", 2, "望江社区", (Grant(3, Role.REPORTER), Grant(2, Role.REVIEWER)))
    report = street.send(actor=both).report

    with pytest.raises(OwnReport):
        decide(street, report, by=both)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.REVIEWER])
def test_a_token_of_the_unit_itself_never_reviews(street: Street, role: Role) -> None:
    report = street.send().report
    token = Actor("token", 7, "脚本", (Grant(3, role),))

    with pytest.raises(MayNotReview):
        decide(street, report, by=token)


def test_a_reviewer_of_another_street_finds_nothing(street: Street) -> None:
    report = street.send().report

    with pytest.raises(NotFound):
        decide(street, report, by=street.stranger)
    with pytest.raises(NotFound):
        decide(street, 999, by=street.reviewer)


def test_what_was_never_sent_is_not_there_to_accept(street: Street) -> None:
    with db.write(street.engine) as session:
        draft = save_draft(
            session, PLAN, ROUND, COMMUNITY, body={"figures": GOOD}, version=0,
            actor=street.clerk, at=street.at,
        )  # fmt: skip

    with pytest.raises(NotFound):
        decide(street, draft.report, no=0, by=street.reviewer)


def test_a_draft_is_not_accepted(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        withdraw(session, PLAN, ROUND, COMMUNITY, actor=street.clerk, at=street.at)
    before = street.counts()

    with pytest.raises(ContentChanged):
        decide(street, report, by=street.reviewer)

    assert street.counts() == before
    with db.read(street.engine) as session:
        assert session.scalars(select(Report.status)).one() == "draft"
