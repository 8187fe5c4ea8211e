"""Submitting: checked as a whole, counted once, kept for ever."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import NotFound, Problems
from shuangyong_core.marks.models import Mark, Step
from shuangyong_core.reports.actions import accept, save_draft
from shuangyong_core.reports.actions.submit import KeyReused, NothingTyped, Receipt
from shuangyong_core.reports.models import Figure, FigureKey, FigurePart, Report, Submission
from shuangyong_core.reports.queries.reach import MayNotWrite
from shuangyong_core.reports.rules.keys import KeyUnusable
from shuangyong_core.reports.rules.refusals import (
    NothingDue,
    RoundLocked,
    RoundNotOpen,
    WaitsForReview,
)
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, STREET, Street


def test_a_report_gets_a_receipt_and_its_figures_are_kept(street: Street) -> None:
    receipt = street.send(channel="script", key="a")

    assert receipt.number == f"R2-{COMMUNITY}-1"
    with db.read(street.engine) as session:
        figures = {row.indicator: row for row in session.scalars(select(Figure))}
        assert (figures[1].numerator, figures[3].numerator) == (12, 120050)
        assert (figures[2].numerator, figures[2].denominator) == (30, 31)
        assert figures[5].numerator == 2
        assert figures[6].numerator == 20637
        parts = select(FigurePart.part, FigurePart.value).where(FigurePart.indicator == 1)
        assert dict(session.execute(parts).all()) == {"国防": 5, "双拥": 7}
        assert set(session.scalars(select(FigureKey.key))) == {"驻军单位A", "驻军单位B"}


def test_a_submission_writes_its_step_its_audit_entry_and_a_mark_for_every_item(
    street: Street,
) -> None:
    street.send()

    with db.read(street.engine) as session:
        steps = session.execute(select(Step.from_status, Step.to_status)).all()
        assert list(steps) == [(None, "draft"), ("draft", "submitted")]
        assert session.scalars(select(AuditEntry.act)).all() == ["report.submit"]
        marks = session.execute(select(Mark.unit, Mark.target, Mark.round)).all()
        assert sorted(marks) == [(3, target, 2) for target in range(1, 7)]


def test_full_width_digits_are_taken_and_said(street: Street) -> None:
    receipt = street.send({**GOOD, "B03": {"value": "１２"}})

    assert receipt.normalised == ("B03：全角数字已转为半角：12",)


def test_the_same_key_and_body_give_the_first_answer(street: Street) -> None:
    first = street.send(key="a")
    shuffled = {code: GOOD[code] for code in reversed(GOOD)}

    again = street.send(shuffled, key="a", at=street.at + timedelta(hours=1))

    assert again == first


def test_the_same_key_with_another_body_is_refused(street: Street) -> None:
    street.send(key="a")

    with pytest.raises(KeyReused):
        street.send({**GOOD, "F10": {"date": "2026-07-04"}}, key="a")


def test_a_key_belongs_to_the_report_it_was_used_for(street: Street) -> None:
    street.send(key="a", actor=street.street_clerk)

    with pytest.raises(KeyReused):
        street.send(
            {"B03": {"value": 1}},
            key="a",
            actor=street.street_clerk,
            place=(PLAN, ROUND, "990106001002"),
        )


@pytest.mark.parametrize("key", ["", "k" * 121, "a\nb"])
def test_a_key_must_be_readable(street: Street, key: str) -> None:
    with pytest.raises(KeyUnusable):
        street.send(key=key)


def test_twenty_threads_with_one_key_count_once(street: Street) -> None:
    start = threading.Barrier(20)
    answers: list[Receipt | Exception] = []

    def send() -> None:
        start.wait()
        try:
            answers.append(street.send(key="a", channel="script"))
        except Exception as error:
            answers.append(error)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 20
    assert len(set(map(repr, answers))) == 1, answers
    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.no)).all() == [1]


def test_two_writers_at_once_send_one_report_and_the_other_is_told(street: Street) -> None:
    start = threading.Barrier(2)
    told: list[type[Exception]] = []

    def send(key: str) -> None:
        start.wait()
        try:
            street.send(key=key)
        except WaitsForReview as refused:
            told.append(type(refused))

    threads = [threading.Thread(target=send, args=(key,)) for key in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [WaitsForReview]
    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.no)).all() == [1]


def test_the_draft_is_sent_when_no_body_is_given(street: Street) -> None:
    with db.write(street.engine) as session:
        save_draft(
            session,
            PLAN,
            ROUND,
            COMMUNITY,
            body={"figures": GOOD},
            version=None,
            actor=street.clerk,
            at=street.at,
        )

    first = street.send(body=None, key="a")
    again = street.send(body=None, key="a")

    assert (first.no, again) == (1, first)


def test_nothing_typed_is_nothing_to_send(street: Street) -> None:
    with pytest.raises(NothingTyped):
        street.send(body=None)


def test_a_second_submission_waits_for_the_first_to_be_decided(street: Street) -> None:
    street.send()

    with pytest.raises(WaitsForReview, match="请先撤回"):
        street.send()


def test_a_correction_is_sent_while_the_accepted_one_still_counts(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)

    receipt = street.send({**GOOD, "B03": {"value": 13}})

    assert receipt.no == 2
    with db.read(street.engine) as session:
        assert session.scalars(select(Report.status)).one() == "submitted"


@pytest.mark.parametrize(
    ("day", "refusal", "sentence"),
    [
        (30, RoundNotOpen, "“上半年”从 2026-07-01 起填报，2026-07-10 前报送，现在还不能报。"),
        (55, RoundLocked, "2026-07-24 截止"),
    ],
)
def test_a_round_takes_reports_from_its_first_day_to_its_last(
    street: Street, day: int, refusal: type[Exception], sentence: str
) -> None:
    with pytest.raises(refusal, match=sentence):
        street.send(at=datetime(2026, 6, 1, 2, tzinfo=UTC) + timedelta(days=day - 1))


def test_the_last_day_lasts_until_midnight_in_shanghai(street: Street) -> None:
    midnight = datetime(2026, 7, 24, 16, 0, tzinfo=UTC)

    with pytest.raises(RoundLocked):
        street.send(at=midnight)
    assert street.send(at=midnight - timedelta(seconds=1)).no == 1


def test_a_unit_with_nothing_due_is_told_so(street: Street) -> None:
    with pytest.raises(NothingDue):
        street.send(place=(PLAN, ROUND, STREET), actor=street.street_clerk)


def test_outside_ones_own_line_a_report_does_not_exist(street: Street) -> None:
    with pytest.raises(NotFound):
        street.send(actor=street.stranger)
    with pytest.raises(NotFound):
        street.send(place=(PLAN, ROUND, "990199"))


def test_who_may_only_look_is_told_so(street: Street) -> None:
    with pytest.raises(MayNotWrite):
        street.send(actor=street.viewer)


def test_the_street_acts_for_its_community_and_it_is_recorded(street: Street) -> None:
    assert street.send(actor=street.street_clerk).on_behalf


def test_the_unit_itself_does_not_act_for_itself(street: Street) -> None:
    assert not street.send(on_behalf=True).on_behalf


def test_a_token_reports_for_its_unit(street: Street) -> None:
    token = Actor("token", 7, "脚本", (Grant(3, Role.REPORTER),))

    street.send(actor=token, channel="script")

    with db.read(street.engine) as session:
        assert session.scalars(select(Submission.actor)).one() == "token:7"


def test_a_refused_report_changes_nothing(street: Street) -> None:
    before = street.counts()

    with pytest.raises(Problems) as refused:
        street.send({**GOOD, "B03": {"value": "1_000"}, "ZZ": {"value": 1}}, key="a")

    assert [problem.field for problem in refused.value.problems] == ["ZZ", "B03"]
    assert street.counts() == before


def test_a_key_survives_a_refusal_and_works_for_the_mended_body(street: Street) -> None:
    with pytest.raises(Problems):
        street.send({"B03": {"value": 1}}, key="a")

    assert street.send(key="a").no == 1


def test_a_body_that_names_another_unit_is_refused(street: Street) -> None:
    with pytest.raises(Problems) as refused:
        street.send(body={"figures": GOOD, "unit": "990106001002", "sum": 3})

    assert [problem.field for problem in refused.value.problems] == ["sum", "unit"]


def test_a_closed_plan_takes_no_report(street: Street) -> None:
    closed = replace(street, at=street.at)
    with db.write(closed.engine) as session:
        session.connection().exec_driver_sql("UPDATE plan SET status = 'closed'")

    with pytest.raises(Exception, match="已经办结"):
        closed.send()
