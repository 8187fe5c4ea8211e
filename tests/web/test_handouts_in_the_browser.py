"""A task is handed out, handed on, answered and struck off; a problem goes up and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.fixtures.browser import PATIENCE
from tests.web.district import COMMUNITY, STREET
from tests.web.pages import complaints, follow, look, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP, PHONE = (1440,), (390,)
Sit = Callable[..., "Page"]


@pytest.fixture
def sit(browser: Browser, site: str) -> Iterator[Sit]:
    """Sits users down, each at a browser of their own; only a wrong form is complained of."""
    said: list[list[str]] = []

    def down(login: str, width: int) -> Page:
        context = browser.new_context(
            base_url=site, locale="zh-CN", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        said.append(complaints(page))
        sign_in(page, site, login)
        return page

    yield down
    for context in browser.contexts:
        context.close()
    assert [one for each in said for one in each if " 422 " not in one] == []


def test_a_task_goes_down_to_a_community_and_is_struck_off(sit: Sit) -> None:
    office, street, clerk = sit("office", 1440), sit("street", 390), sit("clerk", 390)
    office.goto("/handouts")
    office.click("summary:has-text('新的交办')")
    office.fill("#ht", "慰问参加抢险救灾的民兵")
    office.fill("#hx", "逐户走访，写明户数。")
    office.fill("#hd", "7月底")
    office.check(f"input[value='{STREET}']")
    follow(office, "button[value=issue]")
    assert "办结时限填的“7月底”不能用" in office.inner_text(".errsum")
    assert office.input_value("#ht") == "慰问参加抢险救灾的民兵"
    office.fill("#hd", "2026年7月31日")
    follow(office, "button[value=issue]")
    here = office.url.partition("?")[0]

    street.goto("/todo")
    follow(street, "text=签收：慰问参加抢险救灾的民兵")
    follow(street, "button[value=acknowledge]")
    street.click("summary:has-text('转办给下级')")
    street.check(f"input[name=to][value='{COMMUNITY}']")
    street.fill(f"#d-{STREET}", "2026-07-28")
    look(street, PHONE)
    follow(street, "button[value=pass_on]")
    clerk.goto("/notices")
    follow(clerk, f"a[href='{here.removeprefix(here[: here.index('/handouts')])}']")
    follow(clerk, "button[value=acknowledge]")
    clerk.fill(f"#a-{COMMUNITY}", "走访 3 户。")
    follow(clerk, "button[value=answer]")
    assert "走访 3 户。" in clerk.inner_text("main")
    look(clerk, PHONE)

    street.goto(here)
    street.click("summary:has-text('销号：望江社区')")
    follow(street, f"form:has(input[value='{COMMUNITY}']) button[value=close]")
    street.fill(f"#a-{STREET}", "辖区 3 户都已走访。")
    follow(street, "button[value=answer]")
    office.goto(here)
    office.click("summary:has-text('销号：江滨街道')")
    look(office, DESKTOP)
    follow(office, "button[value=close]")
    assert "已全部销号" in office.inner_text("main")
    assert not office.locator("main form").count()
    office.goto("/handouts")
    assert "双拥交办〔2026〕1号" in office.inner_text("main tbody tr:has-text('已全部销号')")


def test_a_problem_is_raised_sent_up_answered_and_closed(sit: Sit) -> None:
    clerk, street, office = sit("clerk", 390), sit("street", 390), sit("office", 1440)
    clerk.goto("/problems")
    clerk.click("summary:has-text('提出需协调事项')")
    clerk.fill("#pt", "优抚对象住房漏雨")
    clerk.fill("#px", "两户屋面漏雨，请协调维修经费。")
    clerk.fill("#pd", "2026.7.30")
    look(clerk, PHONE)
    follow(clerk, "button[value=raise]")
    here = clerk.url.partition("?")[0]

    street.goto("/todo")
    follow(street, "text=需协调：优抚对象住房漏雨")
    street.click("summary:has-text('上报一级')")
    street.fill("#s-pass_up", "街道没有这笔经费。")
    follow(street, "button[value=pass_up]")
    office.goto("/todo")
    follow(office, "text=需协调：优抚对象住房漏雨")
    assert "上报一级：街道没有这笔经费。" in office.inner_text("main")
    office.click("summary:has-text('答复')")
    look(office, DESKTOP)
    office.fill("#s-answer", "已列入八月维修计划。")
    follow(office, "button[value=answer]")

    clerk.goto(here)
    assert "已列入八月维修计划。" in clerk.inner_text("main")
    clerk.click("summary:has-text('办结')")
    follow(clerk, "button[value=close]")
    assert "已办结" in clerk.inner_text(".hd1")
    clerk.goto("/problems")
    assert "7月30日前答复" in clerk.inner_text("main")
    look(clerk, PHONE)
