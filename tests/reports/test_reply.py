"""The unit's word on what was typed for it: 确认 or 提出异议, and its reviewer's answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.errors import NotFound
from shuangyong_core.marks.models import Step
from shuangyong_core.reports.actions import answer_objection, confirm, object_to, reopen
from shuangyong_core.reports.actions.reply import Replied
from shuangyong_core.reports.models import UnitReply
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.review_page import get_review_page
from shuangyong_core.reports.queries.standing import list_standings
from shuangyong_core.reports.rules.reply import (
    AlreadyReplied,
    MayNotReply,
    NothingToAnswer,
    NothingTypedFor,
    ReplyAct,
)
from shuangyong_core.reports.rules.review import ContentChanged, ReasonMissing
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

PLACE = (PLAN, ROUND, COMMUNITY)
OFFICER = Actor("user", 3, "江滨街道", (Grant(2, Role.REPORTER), Grant(2, Role.REVIEWER)))


@pytest.fixture
def typed(street: Street) -> int:
    """A report that the street typed for its community."""
    return street.send(actor=OFFICER).report


def confirmed(street: Street, *, by: Actor | None = None, **how: Any) -> Replied:
    with db.write(street.engine) as session:
        return confirm(session, *PLACE, **{"actor": by or street.clerk, "at": street.at} | how)


def objected(street: Street, *, by: Actor | None = None, **how: Any) -> Replied:
    facts = {"reason": "多报了一次", "actor": by or street.clerk, "at": street.at} | how
    with db.write(street.engine) as session:
        return object_to(session, *PLACE, **facts)


def answered(street: Street, report: int, **how: Any) -> Replied:
    facts = {"no": 1, "answer": "已与登记核对", "actor": street.reviewer, "at": street.at} | how
    with db.write(street.engine) as session:
        return answer_objection(session, report, **facts)


def test_the_unit_confirms_and_it_is_kept_with_its_step_and_audit(
    street: Street, typed: int
) -> None:
    said = confirmed(street)

    assert (said.no, said.status) == (1, "confirmed")
    with db.read(street.engine) as session:
        assert session.scalars(select(UnitReply.status)).one() == "confirmed"
        step = session.scalars(select(Step).where(Step.subject_kind == "unit_reply")).one()
        assert (step.from_status, step.to_status, step.unit) == (None, "confirmed", 3)
        assert session.scalars(select(AuditEntry.act)).all()[-1] == "report.confirm"


def test_an_objection_shows_to_the_reviewer_with_its_reason(street: Street, typed: int) -> None:
    objected(street)

    with db.read(street.engine) as session:
        page = get_review_page(session, typed, actor=street.reviewer)
        assert page.latest.reply is not None
        assert (page.latest.reply.reason, page.may_answer) == ("多报了一次", True)
        assert page.history[-1].what == "提出异议"
        standing = list_standings(session, 1, [3])[1]
        assert (standing.reply, standing.objection) == ("objected", "多报了一次")


def test_the_reviewer_answers_and_the_unit_may_still_speak(street: Street, typed: int) -> None:
    objected(street)

    assert answered(street, typed).status == "answered"
    with db.read(street.engine) as session:
        form = get_form(session, *PLACE, actor=street.clerk, at=street.at)
        assert form.latest is not None
        assert form.latest.reply is not None
        assert (form.latest.reply.answer, form.latest.reply.answered_name) == (
            "已与登记核对", "江滨街道审核岗",
        )  # fmt: skip
        assert form.may_say == (ReplyAct.CONFIRM, ReplyAct.OBJECT)
    assert confirmed(street).status == "confirmed"


def test_a_later_submission_settles_it(street: Street, typed: int) -> None:
    objected(street)

    street.send({**GOOD, "C06": {"value": "1"}}, actor=OFFICER, at=street.at + timedelta(hours=1))

    with db.read(street.engine) as session:
        page = get_review_page(session, typed, actor=street.reviewer)
        assert (page.latest.no, page.latest.reply, page.may_answer) == (2, None, False)
    with pytest.raises(NothingToAnswer, match="单位还没有看"):
        answered(street, typed, no=2)


def test_a_reopening_settles_it_too(street: Street, typed: int) -> None:
    objected(street)
    with db.write(street.engine) as session:
        reopen(session, typed, no=1, reason="按异议核对", actor=OFFICER, at=street.at)

    with db.read(street.engine) as session:
        assert not get_review_page(session, typed, actor=street.reviewer).may_answer
    with pytest.raises(NothingTypedFor):
        confirmed(street)


def test_the_same_word_twice_gives_the_first_answer(street: Street, typed: int) -> None:
    first = confirmed(street)
    assert confirmed(street, at=street.at + timedelta(hours=1)) == first

    second = objected(street)
    assert objected(street, at=street.at + timedelta(hours=1)) == second


def test_a_second_user_of_the_unit_is_told_who_was_first(street: Street, typed: int) -> None:
    confirmed(street)
    other = Actor("user", 2, "望江社区书记", (Grant(3, Role.REPORTER),))

    with pytest.raises(AlreadyReplied, match="望江社区联络员已于 7月20日 10:00 单位已确认"):
        confirmed(street, by=other)


def test_an_objection_needs_a_reason(street: Street, typed: int) -> None:
    with pytest.raises(ReasonMissing, match="提出异议时必须写明原因"):
        objected(street, reason=" ")


def test_only_the_unit_itself_speaks_for_itself(street: Street, typed: int) -> None:
    with pytest.raises(MayNotReply, match="由望江社区自己的账号"):
        confirmed(street, by=OFFICER)
    with pytest.raises(NotFound):
        confirmed(street, by=street.stranger)
    token = Actor("token", 7, "脚本", (Grant(3, Role.REPORTER),))
    assert confirmed(street, by=token).status == "confirmed"


def test_what_the_unit_sent_itself_needs_no_word(street: Street) -> None:
    street.send()

    with pytest.raises(NothingTypedFor):
        confirmed(street)


def test_the_word_is_about_what_was_seen(street: Street, typed: int) -> None:
    street.send({**GOOD, "C06": {"value": "1"}}, actor=OFFICER, at=street.at)

    with pytest.raises(ContentChanged, match="您看的是第 1 次报送"):
        confirmed(street, no=1)
