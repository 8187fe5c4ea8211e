"""Reviewing: asked once, every fault at once, one decides and the other is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.reports.actions import submit
from shuangyong_core.reports.models import Acceptance
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, GOOD, PLAN, SECOND, District, on

Open = Callable[..., Browser]
REVIEW = f"/review/{PLAN}/{COMMUNITY}/R2"
REPORT = REVIEW.replace("review", "reports")
FORM = REVIEW.replace("review", "rounds")


@pytest.fixture(autouse=True)
def waiting(app: FastAPI, district: District) -> None:
    """Two communities have reported; the second one's clerk also reviews for the street."""
    for unit, login in ((COMMUNITY, "clerk"), (SECOND, "both")):
        with db.write(district.engine) as session:
            who = district.actor(login, at=on(7, 9))
            submit(session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
                   key=None, actor=who, at=on(7, 9))  # fmt: skip


def opened(open_browser: Open, login: str) -> Browser:
    browser = open_browser(login)
    assert browser.get(REVIEW).status_code == 200
    return browser


def test_accepted_is_asked_once_and_leads_to_the_next(
    open_browser: Open, web_engine: Engine
) -> None:
    browser = opened(open_browser, "second")

    asked = browser.post_form(REVIEW, {"act": "ask_accept"})
    done = browser.post_form(REVIEW, {"act": "accept"})

    assert "通过，确认一次" in asked.text
    assert done.headers["location"] == f"/review/{PLAN}/{SECOND}/R2?done=accepted"
    assert "已通过。" in browser.get(done.headers["location"]).text
    with db.read(web_engine) as session:
        assert session.scalar(select(func.count()).select_from(Acceptance)) == 1


def test_a_return_names_every_fault_at_once(open_browser: Open) -> None:
    browser = opened(open_browser, "second")
    said = {"fix": ["B03", "D05"], "reason.B03": "少 1 次", "reason.D05": "只计上半年"}

    asked = browser.post_form(REVIEW, said | {"reason": "请核对 2 处", "act": "ask_return"})
    browser.post_form(REVIEW, said | {"reason": "请核对 2 处", "act": "return"})
    form = open_browser("clerk").get(FORM).text

    assert "2 处要改、2 处没有问题" in asked.text
    assert "7月22日前再报" in asked.text
    for text in ("请核对 2 处", "少 1 次", "只计上半年", "江滨街道审核岗"):
        assert text in form
    assert form.count(">要改</span>") == 2


def test_a_return_without_a_reason_is_refused_and_nothing_is_lost(open_browser: Open) -> None:
    browser = opened(open_browser, "second")

    answer = browser.post_form(REVIEW, {"fix": "B03", "act": "ask_return"})

    assert answer.status_code == 422
    assert "请写一句退回原因" in answer.text
    assert 'value="B03" checked' in answer.text


def test_who_comes_second_is_told_who_was_first(open_browser: Open) -> None:
    first, late = opened(open_browser, "second"), opened(open_browser, "street")
    first.post_form(REVIEW, {"act": "accept"})

    answer = late.post_form(REVIEW, {"act": "return", "reason": "请核对"})

    assert answer.status_code == 409
    assert "刚刚有人先办了" in answer.text
    assert "江滨街道审核岗" in answer.text


def test_what_was_seen_is_what_is_decided(open_browser: Open) -> None:
    reviewer, clerk = opened(open_browser, "second"), open_browser("clerk")
    clerk.get(REPORT)
    clerk.post_form(REPORT, {"act": "do_withdraw"})
    clerk.get(FORM)
    clerk.post_form(FORM, {"act": "confirm", "B03.part.双拥": "9", "D05.value": "0",
                           "D06.value": "0", "F10.value": "2026-06-26"})  # fmt: skip

    answer = reviewer.post_form(REVIEW, {"act": "accept"})

    assert answer.status_code == 409
    assert "内容已更新" in answer.text


def test_nobody_reviews_what_they_sent(open_browser: Open) -> None:
    own = REVIEW.replace(COMMUNITY, SECOND)
    browser = open_browser("both")

    page = browser.get(own)
    answer = browser.post_form(own, {"act": "accept"})

    assert "要由另一个人审核" in page.text
    assert page.text.count("disabled") == 2
    assert answer.status_code == 422


def test_a_report_is_withdrawn_after_one_question(open_browser: Open) -> None:
    browser = open_browser("clerk")
    browser.get(REPORT)

    asked = browser.post_form(REPORT, {"act": "withdraw"})
    done = browser.post_form(REPORT, {"act": "do_withdraw"})

    assert "撤回，确认一次" in asked.text
    assert done.status_code == 303
    assert 'value="6"' in browser.get(FORM).text


def test_reopening_needs_a_reason_and_one_question(open_browser: Open) -> None:
    browser = opened(open_browser, "second")
    browser.post_form(REVIEW, {"act": "accept"})
    browser.get(REPORT)

    bare = browser.post_form(REPORT, {"act": "reopen"})
    asked = browser.post_form(REPORT, {"act": "reopen", "reason": "与登记不符"})
    browser.post_form(REPORT, {"act": "do_reopen", "reason": "与登记不符"})
    page = browser.get(REPORT).text

    assert bare.status_code == 422
    assert "必须写明原因" in bare.text
    assert "立即退出合计" in asked.text
    assert "与登记不符</textarea>" in asked.text
    assert "复核中" in page
    assert "未计入" in page


def test_an_accepted_report_is_corrected_by_its_unit(open_browser: Open) -> None:
    opened(open_browser, "second").post_form(REVIEW, {"act": "accept"})
    clerk = open_browser("clerk")

    page = clerk.get(REPORT).text
    led = clerk.post_form(REPORT, {"act": "fill"})

    assert ">更正</button>" in page
    assert led.headers["location"] == FORM
    assert clerk.get(FORM).status_code == 200


def test_the_list_and_the_menu_count_what_waits(open_browser: Open) -> None:
    browser = open_browser("second")

    todo = browser.get("/todo").text
    queue = browser.get("/review").text

    assert "审核：望江社区 上半年报送" in todo
    assert "待审核 2" in queue
    assert '审核<span class="cnt n">2' in queue
    assert ">审核</a>" not in open_browser("clerk").get("/todo").text
