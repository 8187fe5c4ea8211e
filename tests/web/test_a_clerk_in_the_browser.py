"""A clerk with a phone, and the pages as they are with real data, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.reports.actions import submit
from shuangyong_core.reports.models import Submission
from shuangyong_core.web import assets
from tests.web.district import COMMUNITY, GOOD, PLAN, SECOND, District, on
from tests.web.pages import AXE, complaints, follow, look, sign_in, strike
from tests.web.site import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORM = f"/rounds/{PLAN}/{COMMUNITY}/R2"
PAGES = [
    ("clerk", "/todo"),
    ("clerk", "/rounds"),
    ("clerk", FORM),
    ("street", "/todo"),
    ("street", f"/rounds/{PLAN}/{COMMUNITY}/R2"),
    ("second", "/review"),
    ("second", f"/review/{PLAN}/{SECOND}/R2"),
    ("second", f"/reports/{PLAN}/{SECOND}/R2"),
    ("office", "/todo"),
    ("sysadmin", "/todo"),
]


@pytest.fixture
def site(app: FastAPI, district: District) -> Iterator[str]:
    """The district's site, where one community has reported."""
    if assets.missing() or not AXE.is_file():
        pytest.skip("the web assets are not set up; see make assets-dev")
    with db.write(district.engine) as session:
        who = district.actor("neighbour", at=on(7, 9))
        submit(session, PLAN, "R2", SECOND, body={"figures": GOOD}, channel="form",
               key=None, actor=who, at=on(7, 9))  # fmt: skip
    with running(app) as address:
        yield address


@pytest.fixture
def said(page: Page) -> list[str]:
    """Everything the browser complains of: scripts, the content policy, what did not load."""
    return complaints(page)


def test_a_clerk_reports_by_phone(
    page: Page, site: str, said: list[str], web_engine: Engine
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, site, "clerk")

    follow(page, f'a.btn[href="{FORM}"]')
    page.get_by_label("宣传教育活动", exact=True).fill("3")
    page.get_by_text("分主题填，可不填").click()
    page.get_by_label("双拥", exact=True).fill("2")
    page.get_by_label("征兵", exact=True).fill("１")
    page.get_by_label("对困难军人家属经常性服务", exact=True).fill("6件左右")
    page.locator("label[for=f-D06-ni]").click()
    page.locator("#f-D06-ni-why").select_option("other")
    page.locator("#f-D06-ni-other").fill("没有优抚对象提出困难")
    page.get_by_label("优抚对象底数更新", exact=True).fill("2026-06-26")
    page.get_by_text("草稿已存").wait_for()
    follow(page, page.get_by_role("button", name="报送街道审核"))

    assert page.locator(".errsum").inner_text().startswith("有 1 处需要改，其余 3 项没有问题")
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.locator(".errsum a").click()
    page.wait_for_function("document.activeElement.id === 'f-D05'")
    page.get_by_label("对困难军人家属经常性服务", exact=True).fill("6")
    # The browser itself reports the answer 422 of the first try; nothing else was said.
    assert [text for text in said if "422" not in text] == []
    follow(page, page.get_by_role("button", name="报送街道审核"))
    assert "已自动更正 1 处：全角数字 1。宣传教育活动：" in page.locator(".notices").inner_text()
    follow(page, page.get_by_role("button", name="确认报送"))

    assert page.url == f"{site}/reports/{PLAN}/{COMMUNITY}/R2?sent=1"
    assert "已报送。" in page.locator(".notices").inner_text()
    with db.read(web_engine) as session:
        sent = session.scalars(select(Submission.channel)).all()
    assert sent == ["form", "form"]
    assert [text for text in said if "422" not in text] == []


def test_a_reviewer_decides_with_the_keyboard(page: Page, site: str, said: list[str]) -> None:
    sign_in(page, site, "second")
    page.goto(f"{site}/review/{PLAN}/{SECOND}/R2")

    strike(page, "Enter")
    assert page.get_by_role("button", name="确认通过").is_visible()
    strike(page, "Enter")

    assert page.url == f"{site}/review?done=accepted"
    assert "已通过。" in page.locator(".notices").inner_text()
    assert said == []


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_a_page_with_real_data_is_quiet_and_sound(
    page: Page, site: str, said: list[str], login: str, path: str
) -> None:
    sign_in(page, site, login)

    page.goto(f"{site}{path}")

    look(page)
    assert said == []
