"""申请 on the pages: asked by a clerk, seen with its effect by the office, decided, told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.reports.actions import accept, submit
from shuangyong_core.reports.models import Report
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, GOOD, PLAN, SECOND, STREET, District, on

Open = Callable[..., Browser]
ASK = f"/requests/{PLAN}/{COMMUNITY}"
FORM = f"/rounds/{PLAN}/{COMMUNITY}/R2"
WISH = {"kind": "extension", "round": "R2", "target": "B03", "until": "2026-07-31",
        "reason": "防汛期间人员都在一线"}  # fmt: skip
SEAL = re.compile(r'name="seal" value="([^"]*)"')


def ask(browser: Browser, **changes: str) -> str:
    """Asks on the page and gives the address of the request."""
    browser.get(ASK)
    return browser.post_form(ASK, WISH | changes).headers["location"].partition("?")[0]


def test_asked_on_the_phone_granted_by_the_office(open_browser: Open) -> None:
    clerk, office = open_browser("clerk"), open_browser("office")
    assert f"/requests/{PLAN}/{COMMUNITY}?round=R2" in clerk.get(FORM).text
    assert 'value="R2" selected' in clerk.get(f"{ASK}?round=R2").text

    href = ask(clerk)

    assert "等决定" in clerk.get("/todo").text
    todo = office.get("/todo").text
    assert "延期申请：望江社区 上半年 宣传教育活动" in todo
    shown = office.get(href).text
    assert ASK in clerk.get("/requests").text
    assert f'/requests/{PLAN}/990106"' not in office.get("/requests").text
    assert "现在迟报 1 项，同意后 0 项" in shown
    assert "7月10日" in shown
    assert "7月31日" in shown
    seal = SEAL.search(shown)
    assert seal is not None
    done = office.post_form(href, {"act": "grant", "seal": seal[1], "reason": ""})
    assert done.status_code == 303
    assert "已同意" in office.get(done.headers["location"]).text
    form = clerk.get(FORM).text
    assert "已准许延到 7月31日，这次可以不填" in form
    assert "等决定" not in clerk.get("/todo").text
    assert "同意" in clerk.get(href).text


def test_what_is_wrong_stands_on_the_page_with_what_was_typed(open_browser: Open) -> None:
    clerk = open_browser("clerk")
    clerk.get(ASK)

    early = clerk.post_form(ASK, WISH | {"until": "2026-07-01"})
    blank = clerk.post_form(ASK, WISH | {"reason": "", "round": ""})
    let_off = clerk.post_form(ASK, WISH | {"kind": "exemption", "target": ""})

    assert early.status_code == blank.status_code == let_off.status_code == 422
    assert "要晚于原定的 2026-07-10" in early.text
    assert 'value="2026-07-01"' in early.text
    assert "延期要写明哪一期报送" in blank.text
    assert "申请要写明理由" in blank.text
    assert "豁免要写明是哪一项任务" in let_off.text


def test_a_refusal_needs_a_reason_and_a_second_decider_is_told(open_browser: Open) -> None:
    clerk, office = open_browser("clerk"), open_browser("office")
    href = ask(clerk)
    office.get(href)

    bare = office.post_form(href, {"act": "refuse", "reason": ""})
    blind = office.post_form(href, {"act": "grant", "seal": "0"})
    done = office.post_form(href, {"act": "refuse", "reason": "全区要汇总"})
    late = clerk.post_form(href, {"act": "withdraw"})

    assert bare.status_code == 422
    assert "不同意要写明理由" in bare.text
    assert (blind.status_code, late.status_code) == (409, 409)
    assert done.status_code == 303
    assert "全区要汇总" in clerk.get(href).text


def test_the_street_asks_for_a_community_and_does_not_decide(open_browser: Open) -> None:
    street = open_browser("street")
    assert "您正在为望江社区代提申请" in street.get(ASK).text
    href = ask(street, kind="exemption", target="D06")

    shown = street.get(href)

    assert "代提申请" in shown.text
    assert "撤回申请" in shown.text
    assert 'value="grant"' not in shown.text
    assert street.post_form(href, {"act": "grant"}).status_code == 422
    assert open_browser("neighbour").get(href).status_code == 404
    assert COMMUNITY not in open_browser("neighbour").get("/requests").text
    assert "豁免" in open_browser("office").get("/requests").text


def test_a_let_off_quota_is_unfulfilled_on_the_pages_until_split_again(open_browser: Open) -> None:
    office, street = open_browser("office"), open_browser("street")
    href = ask(open_browser("clerk"), kind="exemption", target="D06")
    seal = SEAL.search(office.get(href).text)
    assert seal is not None
    assert "江滨街道未落实 0件 →" in office.html
    office.post_form(href, {"act": "grant", "seal": seal[1]})

    target = street.get(f"/targets/{PLAN}/D06?unit={STREET}").text
    split = street.get(f"/split/{PLAN}/{STREET}").text

    assert "未落实：" in target
    assert "去重新分解" in target
    assert "D06 为优抚对象解决实际困难" in split
    assert "改分给其他单位或本级承办" in split
    seen = office.get("/progress").text
    row = seen.partition("江滨街道</a>")[2].partition("</th>")[0]
    assert "未落实 1 项任务" in row
    listed = seen.partition('id="lo"')[2].partition("</table>")[0]
    assert re.search(r"D06</span> <a href=[^>]+unit=990106001[^>]*>为优抚对象解决实际困难", listed)
    assert "望江社区" in listed
    assert 'id="lo"' not in office.get("/progress?by=territory").text
    assert 'id="lo"' not in open_browser("other").get("/progress").text
    tasks = street.get(f"/targets/{PLAN}?unit={STREET}").text
    assert re.search(r"未落实 \d+ 件", tasks)


def test_a_target_page_says_who_holds_it_and_closes(open_browser: Open, district: District) -> None:
    for unit, login in ((COMMUNITY, "clerk"), (SECOND, "neighbour")):
        with db.write(district.engine) as session:
            submit(session, PLAN, "R2", unit, body={"figures": GOOD}, channel="form",
                   actor=district.actor(login, at=on(7, 9)), at=on(7, 9))  # fmt: skip
    path = f"/targets/{PLAN}/F10?unit={COMMUNITY}"
    street = open_browser("street")
    assert "望江社区 上半年：待审核，在江滨街道" in street.get(path).text
    close = f"/targets/{PLAN}/F10/{COMMUNITY}/close"
    refused = street.post_form(close, {})
    assert refused.status_code == 422
    assert "还不能办结" in refused.text
    with db.write(district.engine) as session:
        report = session.scalars(select(Report.id).order_by(Report.id)).first()
        who = district.actor("street", at=on(7, 19))
        accept(session, report or 0, no=1, actor=who, at=on(7, 19))
        later = DueItem.round.in_(select(DueItem.round).where(DueItem.due > on(8, 30).date()))
        session.query(DueItem).where(later).delete(synchronize_session=False)

    assert "都办完了" in street.get(path).text
    done = street.post_form(close, {})

    assert done.status_code == 303
    assert "已办结确认" in street.get(done.headers["location"]).text
    assert "已经办结确认" in street.html
    assert open_browser("clerk").post_form(close, {}).status_code in (403, 422)


@pytest.mark.parametrize("number", ["0", "x", "999999", "9" * 30])
def test_a_number_that_is_none_is_absent(open_browser: Open, number: str) -> None:
    assert open_browser("clerk").get(f"{ASK}/{number}").status_code == 404
