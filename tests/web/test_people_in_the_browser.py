"""A street's officer renames a unit and changes its liaison in a real browser, two clicks each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.district import COMMUNITY
from tests.web.pages import complaints, follow, look, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEW = "xin-de-kou-ling-2026"


def test_a_unit_is_renamed_and_its_liaison_changed_in_two_clicks(page: Page, site: str) -> None:
    said = complaints(page)
    sign_in(page, site, "street")
    page.goto(f"{site}/people")
    look(page)

    follow(page, "text=改名：望江社区")
    page.fill("#f-name", "望江新社区")
    follow(page, "text=保存新名称")
    assert page.inner_text("h1") == "望江新社区"
    look(page)
    page.goto(f"{site}/people")
    follow(page, "text=换联络员：望江新社区")
    look(page)
    follow(page, "text=确认换人")
    password = page.inner_text("#password")
    look(page)
    page.emulate_media(media="print")
    assert page.is_visible("#password")
    assert not page.is_visible("header.top")
    page.emulate_media(media="screen")
    page.goto(f"{site}/account")
    look(page)

    page.context.clear_cookies()
    sign_in(page, site, "clerk", password)
    assert page.url.endswith("/password")
    page.fill("#new", NEW)
    page.fill("#again", NEW)
    follow(page, "main button[type=submit]")
    sign_in(page, site, "clerk", NEW)
    page.goto(f"{site}/u/{COMMUNITY}")
    assert f"unit={COMMUNITY}" in page.url
    assert "望江新社区 · 联络员" in page.content()
    assert said == []
