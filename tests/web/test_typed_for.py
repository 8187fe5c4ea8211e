"""代填 on the pages: the hint, who typed it, the unit's line to look at, objection and answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.reports.actions import submit
from shuangyong_core.reports.models import Report
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, GOOD, PLAN, District, on

Open = Callable[..., Browser]
FORM = f"/rounds/{PLAN}/{COMMUNITY}/R2"
REPORT = FORM.replace("rounds", "reports")
REVIEW = FORM.replace("rounds", "review")


@pytest.fixture
def typed(app: object, district: District) -> None:
    """The street's officer, who reviews it too, has typed a community's report."""
    who = district.actor("street", at=on(7, 19))
    with db.write(district.engine) as session:
        submit(session, PLAN, "R2", COMMUNITY, body={"figures": GOOD}, channel="form",
               actor=who, at=on(7, 19))  # fmt: skip


def test_the_form_says_that_typing_for_a_unit_counts_as_reviewed(open_browser: Open) -> None:
    page = open_browser("street").get(FORM).text

    assert "您正在为望江社区代填，提交即视为已审核" in page
    assert "代填报送" in page
    assert "审核前可以撤回" not in page
    assert "代填" not in open_browser("clerk").get(FORM).text


def test_typed_and_confirmed_once_it_counts_and_the_receipt_says_so(
    open_browser: Open, web_engine: Engine
) -> None:
    browser = open_browser("street")
    browser.get(FORM)
    values = {"B03.part.双拥": "2", "D05.value": "6", "D06.value": "0", "F10.value": "2026-06-26"}

    asked = browser.post_form(FORM, values | {"act": "submit"})
    done = browser.post_form(FORM, values | {"act": "confirm"})
    again = browser.post_form(FORM, values | {"act": "confirm"})

    assert "代望江社区填 4 项，提交即视为已审核" in asked.text
    assert done.status_code == again.status_code == 303
    assert "代填即视为已审核，已经计入合计" in browser.get(done.headers["location"]).text
    with db.read(web_engine) as session:
        assert session.execute(select(Report.status, Report.latest_no)).one() == ("accepted", 1)


@pytest.mark.usefixtures("typed")
def test_the_unit_is_shown_one_line_that_is_no_duty_and_confirms(open_browser: Open) -> None:
    clerk = open_browser("clerk")

    todo = clerk.get("/todo").text
    report = clerk.get(REPORT).text
    asked = clerk.post_form(REPORT, {"act": "say_confirm"}).text
    clerk.post_form(REPORT, {"act": "do_say_confirm"})

    assert "江滨街道代填了上半年，请看一眼" in todo
    assert "0 件要办" in todo or "cnt n" not in todo
    assert "江滨街道代填" in report
    assert "代填的数与本单位一致" in asked
    assert "单位已确认" in clerk.get(REPORT).text
    assert "请看一眼" not in clerk.get("/todo").text


@pytest.mark.usefixtures("typed")
def test_an_objection_reaches_the_reviewer_who_answers_it(open_browser: Open) -> None:
    clerk, street = open_browser("clerk"), open_browser("street")
    clerk.get(REPORT)

    bare = clerk.post_form(REPORT, {"act": "say_object", "reason": ""})
    clerk.post_form(REPORT, {"act": "do_say_object", "reason": "服务少记 1 件"})
    todo, review = street.get("/todo").text, street.get(REVIEW).text
    street.get(REPORT)
    street.post_form(REPORT, {"act": "do_say_answer", "reason": "已与登记核对"})

    assert bare.status_code == 422
    assert "提出异议时必须写明原因" in bare.text
    assert "异议：望江社区 上半年报送" in todo
    assert "服务少记 1 件" in todo
    assert "单位提出异议：" in review
    assert "答复、退回复核或更正" in review
    assert "已与登记核对" in clerk.get(REPORT).text
    assert "异议：望江社区" not in street.get("/todo").text


@pytest.mark.usefixtures("typed")
def test_the_street_sees_who_typed_and_may_take_it_back(open_browser: Open) -> None:
    street = open_browser("street")

    assert "江滨街道代填" in street.get("/todo").text
    assert "退回复核" in street.get(REPORT).text
    street.post_form(REPORT, {"act": "do_reopen", "reason": "社区提出异议"})
    assert "复核中" in street.get(REPORT).text
