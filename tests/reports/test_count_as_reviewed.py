"""Typing for a unit (代填): it counts as reviewed in the same act when its reviewer typed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.marks.models import Mark, Step
from shuangyong_core.reports.actions import accept, reopen
from shuangyong_core.reports.models import Acceptance, Report, Submission
from shuangyong_core.reports.queries.conversation import find_conversation
from shuangyong_core.reports.queries.place import find_place
from tests.reports.place import COMMUNITY, DISTRICT, GOOD, PLAN, ROUND, Street

OFFICER = Actor("user", 3, "江滨街道", (Grant(2, Role.REPORTER), Grant(2, Role.REVIEWER)))
STEPS = select(Step.from_status, Step.to_status).order_by(Step.id)


def accepted_by(street: Street) -> list[tuple[str, bool]]:
    with db.read(street.engine) as session:
        rows = session.execute(select(Acceptance.accepted_by, Acceptance.acting_for))
        return [(who, acting) for who, acting in rows]


def test_what_the_reviewer_types_for_a_unit_counts_at_once(street: Street) -> None:
    receipt = street.send(actor=OFFICER)

    assert (receipt.on_behalf, receipt.is_reviewed) == (True, True)
    assert accepted_by(street) == [("user:3", True)]
    with db.read(street.engine) as session:
        report = session.scalars(select(Report)).one()
        assert (report.status, report.latest_no) == ("accepted", 1)
        steps = [tuple(step) for step in session.execute(STEPS)]
        assert steps[1:] == [("draft", "submitted"), ("submitted", "accepted")]
        entries = session.execute(select(AuditEntry.act, AuditEntry.detail)).all()
        assert [act for act, _ in entries] == ["report.submit", "report.accept"]
        assert entries[1][1]["acting_for"] is True
        assert {mark.target for mark in session.scalars(select(Mark))} == {1, 2, 3, 4, 5, 6}


def test_who_typed_for_whom_is_known_by_its_unit(street: Street) -> None:
    street.send(actor=OFFICER)

    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.acting_unit)).one() == 2
        found = find_conversation(session, find_place(session, PLAN, ROUND, COMMUNITY))
        assert found.latest is not None
        assert found.latest.acting_unit == "江滨街道"


def test_a_repeat_gives_the_first_answer_and_counts_once(street: Street) -> None:
    first = street.send(actor=OFFICER, key="k1")

    assert street.send(actor=OFFICER, key="k1", at=street.at + timedelta(hours=1)) == first
    assert len(accepted_by(street)) == 1


def test_who_may_not_review_the_unit_leaves_it_to_its_reviewer(street: Street) -> None:
    receipt = street.send(actor=street.street_clerk)

    assert (receipt.on_behalf, receipt.is_reviewed) == (True, False)
    assert accepted_by(street) == []
    with db.write(street.engine) as session:
        accept(session, receipt.report, no=1, actor=street.reviewer, at=street.at)
    assert accepted_by(street) == [("user:3", False)]


@pytest.mark.parametrize(
    "actor",
    [
        Actor("token", 7, "脚本", (Grant(2, Role.REPORTER),)),
        Actor("token", 7, "脚本", (Grant(2, Role.REPORTER), Grant(2, Role.REVIEWER))),
        Actor("operator", None, "操作员"),
    ],
    ids=["reporter's token", "token of both roles", "operator"],
)
def test_only_a_person_reviews_by_typing(street: Street, actor: Actor) -> None:
    receipt = street.send(actor=actor, on_behalf=True)

    assert (receipt.on_behalf, receipt.is_reviewed) == (True, False)
    assert accepted_by(street) == []


def test_a_correction_by_the_reviewer_takes_the_place_of_what_counted(street: Street) -> None:
    street.send(actor=OFFICER)
    later = street.at + timedelta(hours=2)

    street.send({**GOOD, "C06": {"value": "1300"}}, actor=OFFICER, at=later)

    with db.read(street.engine) as session:
        rows = {row.no: row for row in session.scalars(select(Acceptance))}
        assert rows[1].revoked_at == rows[2].accepted_at == later
        assert rows[2].revoked_at is None


def test_the_unit_itself_is_not_counted_by_a_reviewer_who_writes_as_the_unit(
    street: Street,
) -> None:
    both = Actor("user", 3, "望江社区", (Grant(3, Role.REPORTER), Grant(2, Role.REVIEWER)))

    assert not street.send(actor=both).is_reviewed


def test_the_issuers_own_report_still_needs_a_second_user(street: Street) -> None:
    place = (PLAN, ROUND, DISTRICT)
    office = Actor("user", 5, "区双拥办", tuple(Grant(1, role) for role in
                   (Role.ISSUER, Role.MANAGER, Role.REVIEWER, Role.REPORTER)))  # fmt: skip
    street.owe(unit=1, target=3)

    receipt = street.send({"C06": {"value": "10"}}, place=place, actor=office)

    assert (receipt.on_behalf, receipt.is_reviewed) == (False, False)


def test_the_reviewer_who_typed_it_may_reopen_it(street: Street) -> None:
    report = street.send(actor=OFFICER).report

    with db.write(street.engine) as session:
        reopen(session, report, no=1, reason="社区提出异议", actor=OFFICER, at=street.at)

    with db.read(street.engine) as session:
        assert session.scalars(select(Report.status)).one() == "reopened"
