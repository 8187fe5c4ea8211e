"""A clerk asks for a later date on a phone, the office sees the effect, the form waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.district import COMMUNITY, PLAN
from tests.web.pages import complaints, follow, look, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def test_a_later_date_is_asked_granted_and_waited_for(page: Page, site: str) -> None:
    said = complaints(page)
    page.set_viewport_size(PHONE)
    sign_in(page, site, "clerk")
    page.goto(f"{site}/rounds/{PLAN}/{COMMUNITY}/R2")
    follow(page, "text=申请延期、豁免")
    look(page)
    page.set_viewport_size(PHONE)
    page.fill("#until", "2026-07-31")
    page.select_option("#target", "B03")
    page.fill("#reason", "防汛期间人员都在一线")
    follow(page, "text=提交申请")
    assert "申请已提交" in page.inner_text("main")
    look(page)

    page.context.clear_cookies()
    page.set_viewport_size(DESKTOP)
    sign_in(page, site, "office")
    follow(page, "text=延期申请：望江社区")
    assert "现在迟报 1 项，同意后 0 项" in page.inner_text("main")
    look(page)
    follow(page, "button[value=grant]")
    assert "已同意" in page.inner_text("main")
    page.goto(f"{site}/requests")
    look(page)

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    sign_in(page, site, "clerk")
    page.goto(f"{site}/rounds/{PLAN}/{COMMUNITY}/R2")
    assert "已准许延到 7月31日，这次可以不填" in page.inner_text("main")
    page.fill("#f-D05", "6")
    page.fill("#f-D06", "1")
    page.fill("#f-F10", "2026-06-26")
    follow(page, "button[value=submit]")
    follow(page, "[data-confirm]")
    page.goto(f"{site}/targets/{PLAN}/B03?unit={COMMUNITY}")
    look(page, (390,))
    assert "望江社区 上半年：待填报（7月31日前）" in page.inner_text("main")
    assert said == []
