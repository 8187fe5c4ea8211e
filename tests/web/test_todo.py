"""The list one lands on: what is mine today, what others owe me, what comes."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.reports.actions import accept, return_for_revision, submit
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, GOOD, PLAN, SECOND, STREET, District, on

Open = Callable[..., Browser]


def report(district: District, unit: str, login: str, *, day: int) -> int:
    """Sends a community's report of the first half year."""
    with db.write(district.engine) as session:
        who = district.actor(login, at=on(7, day))
        return submit(session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
                      key=None, actor=who, at=on(7, day)).report  # fmt: skip


def test_a_clerk_sees_what_is_late_and_what_comes(open_browser: Open) -> None:
    page = open_browser("clerk").get("/todo").text

    assert "超期 6 个工作日" in page
    assert "应于 7月10日报送，7月24日前仍可补报。" in page
    assert f'href="/rounds/{PLAN}/{COMMUNITY}/R2">填报' in page
    assert "7月29日开放" in page
    assert "4 次，11 个数" in page


def test_a_draft_is_gone_on_with(open_browser: Open) -> None:
    browser = open_browser("clerk")
    form = f"/rounds/{PLAN}/{COMMUNITY}/R2"
    browser.get(form)
    browser.post_form(form, {"act": "draft", "D05.value": "6"})

    page = browser.get("/todo").text

    assert "草稿已填 1/4 项" in page
    assert "继续填报" in page


def test_a_street_sees_its_review_days_and_its_communities(
    open_browser: Open, district: District
) -> None:
    report(district, COMMUNITY, "clerk", day=15)
    report(district, SECOND, "neighbour", day=8)

    page = open_browser("street").get("/todo").text

    assert page.index("滨河社区 上半年报送") < page.index("望江社区 上半年报送")
    assert "超期 5 个工作日" in page
    assert "7月15日报来，审核时限 3 个工作日" in page
    assert "2/12 已报" in page
    assert "未报 10，待审核 2" in page
    assert "确认任务分解" in page


def test_what_was_sent_waits_for_another_and_may_be_taken_back(
    open_browser: Open, district: District
) -> None:
    report(district, COMMUNITY, "clerk", day=15)

    page = open_browser("clerk").get("/todo").text

    assert "已等 3 个工作日" in page
    assert f'href="/reports/{PLAN}/{COMMUNITY}/R2">撤回' in page


def test_a_returned_report_is_first_and_others_see_whom_they_wait_for(
    open_browser: Open, district: District, web_engine: Engine
) -> None:
    number = report(district, COMMUNITY, "clerk", day=9)
    with db.write(web_engine) as session:
        who = district.actor("second", at=on(7, 10))
        return_for_revision(
            session, number, no=1, reason="少 1 次", fields={}, actor=who, at=on(7, 10)
        )

    clerk, street = open_browser("clerk"), open_browser("street")

    assert "去修改" in clerk.get("/todo").text
    assert "望江社区 修改上半年报送" in street.get("/todo").text


def test_the_office_sees_the_units_right_below(
    open_browser: Open, district: District, web_engine: Engine
) -> None:
    number = report(district, COMMUNITY, "clerk", day=9)
    with db.write(web_engine) as session:
        accept(session, number, no=1, actor=district.actor("second", at=on(7, 10)), at=on(7, 10))

    page = open_browser("office").get("/todo").text

    assert "0/15 已报" in page
    assert "区总工会" in page
    assert "望江社区" not in page
    assert f"/reports/{PLAN}/{STREET}/R2" in page
