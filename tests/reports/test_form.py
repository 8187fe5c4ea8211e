"""The form: what is asked, what was said before, what is typed, what may be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Indicator
from shuangyong_core.reports.actions import accept, reopen, return_for_revision, save_draft
from shuangyong_core.reports.queries.form import Form, FormItem, get_form
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

IN_MARCH = datetime(2026, 3, 5, 2, tzinfo=UTC)
R1 = (PLAN, "R1", COMMUNITY)


def form_of(street: Street, by: Actor | None = None, *, round_code: str = ROUND) -> Form:
    with db.read(street.engine) as session:
        who = by or street.clerk
        return get_form(session, PLAN, round_code, COMMUNITY, actor=who, at=street.at)


def item(form: Form, code: str) -> FormItem:
    return next(item for item in form.items if item.due.required.code == code)


def test_a_form_lists_what_is_due_in_the_order_of_the_plan(street: Street) -> None:
    form = form_of(street)

    codes = [item.due.required.code for item in form.items]
    assert codes == ["B03", "B06", "C06", "A16", "C01", "F10"]
    assert [category.title for category in form.categories] == ["双拥活动"]
    assert (form.report, form.status, form.version) == (None, "draft", 0)


def test_an_item_shows_the_last_value_the_goal_and_what_is_left(street: Street) -> None:
    street.send({**GOOD, "B03": {"value": 5}}, place=R1, at=IN_MARCH)

    b03 = item(form_of(street), "B03")

    assert b03.last is not None
    assert (b03.last.round_title, b03.last.text, b03.last.is_accepted) == (
        "开年和春节",
        "5 次",
        False,
    )
    assert (b03.goal_text, b03.so_far_text, b03.left_text) == ("20 次", "5 次", "15 次")


def test_a_returned_report_is_no_last_value(street: Street) -> None:
    report = street.send(place=R1, at=IN_MARCH).report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="重报", fields={}, actor=street.reviewer, at=IN_MARCH
        )

    b03 = item(form_of(street), "B03")

    assert (b03.last, b03.so_far) == (None, 0)


def test_a_stock_shows_its_last_value_and_nothing_is_left(street: Street) -> None:
    with db.write(street.engine) as session:
        session.execute(update(Indicator).where(Indicator.id == 1).values(over_time="latest"))
    street.send({**GOOD, "B03": {"value": 5}}, place=R1, at=IN_MARCH)

    b03 = item(form_of(street), "B03")

    assert (b03.so_far, b03.left) == (5, None)


def test_what_is_typed_comes_back_as_typed(street: Street) -> None:
    with db.write(street.engine) as session:
        save_draft(
            session,
            PLAN,
            ROUND,
            COMMUNITY,
            body={"figures": {"B03": {"value": "6件左右"}}, "note": "先存"},
            version=0,
            actor=street.clerk,
            at=street.at,
        )

    form = form_of(street)

    assert item(form, "B03").typed == {"value": "6件左右"}
    assert item(form, "C06").typed is None
    assert (form.note, form.version, form.saved_at) == ("先存", 1, street.at)


def test_a_form_says_what_may_be_done_and_why_not(street: Street) -> None:
    fresh, early = form_of(street), form_of(street, round_code="R3")
    street.send()
    sent = form_of(street)

    assert list(fresh.may) == ["save_draft", "submit"]
    assert "没有等待审核的报送可以撤回" in fresh.may_not["withdraw"]
    assert early.may_not["submit"].startswith("“八一”从 2026-07-29 起填报")
    assert (list(sent.may), sent.may_not["submit"]) == (
        ["withdraw"],
        "这一期已报送，待审核。要改，请先撤回。",
    )


def test_who_may_only_look_is_told_so(street: Street) -> None:
    assert set(form_of(street, street.viewer).may_not.values()) == {
        "您的账号在这里可以查看，不能填报。"
    }


def test_a_form_says_why_the_report_came_back(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        return_for_revision(
            session, report, no=1, reason="少一次", fields={"B03": "补上"}, actor=street.reviewer,
            at=street.at,
        )  # fmt: skip

    returned = form_of(street).returned

    assert returned is not None
    assert (returned.reason, dict(returned.fields)) == ("少一次", {"B03": "补上"})
    assert returned.name == "江滨街道审核岗"


def test_a_form_says_why_the_report_is_reviewed_anew(street: Street) -> None:
    report = street.send().report
    with db.write(street.engine) as session:
        accept(session, report, no=1, actor=street.reviewer, at=street.at)
        reopen(session, report, no=1, reason="与名册不符", actor=street.issuer,
               at=street.at + timedelta(hours=1))  # fmt: skip

    form = form_of(street)

    assert form.returned is not None
    assert (form.status, form.returned.reason) == ("reopened", "与名册不符")
    assert "submit" in form.may


def test_a_stranger_finds_nothing(street: Street) -> None:
    with pytest.raises(NotFound):
        form_of(street, street.stranger)


def test_a_form_asks_the_database_a_fixed_number_of_times(street: Street) -> None:
    street.send(place=R1, at=IN_MARCH)
    street.send()
    asked: list[str] = []
    event.listen(street.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    form_of(street)

    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 13, asked
