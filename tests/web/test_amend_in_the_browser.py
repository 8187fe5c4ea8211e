"""The office amends the year in a real browser, and the street it touches confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuangyong_core import db
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.web import assets
from tests.web.district import PLAN, STREET, District, on
from tests.web.pages import complaints, follow, look, sign_in
from tests.web.site import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = f"/plans/{PLAN}"


@pytest.fixture
def site(app: FastAPI, reported: District) -> Iterator[str]:
    """The district's site, with a half year reported."""
    if assets.missing():
        pytest.skip("the web assets are not set up; see make assets-dev")
    with running(app) as address:
        yield address


def of_street(district: District, code: str) -> tuple[int, str]:
    """What the street holds of a target now, and how its hold stands."""
    query = """SELECT q.held, a.hold_status FROM quota q JOIN target t ON t.id = q.target
        JOIN unit u ON u.id = q.unit JOIN assignment a ON a.target = t.id AND a.unit = u.id
        WHERE t.code = :target AND u.code = :unit AND q.valid_to IS NULL"""
    with db.read(district.engine) as session:
        row = session.execute(text(query), {"target": code, "unit": STREET}).one()
    return int(row[0]), str(row[1])


def test_an_amendment_is_previewed_applied_and_confirmed_by_the_street(
    reported: District, site: str, page: Page
) -> None:
    said = complaints(page)
    before, _ = of_street(reported, "D06")
    sign_in(page, site, "office")
    page.goto(f"{site}{HERE}/amend")
    follow(page, "button[value=begin]")
    type_changes(page, site)

    page.goto(f"{site}{HERE}/amend")
    assert "第2版调整预览" in page.inner_text("h1")
    shown = page.inner_text("main")
    assert "目标 258 件" in shown
    assert "报送时限 2026-10-20" in shown
    assert "D06 分解守恒：280 = 各下级之和" in shown
    look(page)
    page.fill("[name=reason]", "领导小组第二次会议纪要")
    follow(page, "button[value=ask]")
    look(page)
    follow(page, "button[value=apply]")
    assert "领导小组第二次会议纪要" in page.inner_text("ol.hist")
    look(page)
    page.context.clear_cookies()

    sign_in(page, site, "street")
    after, status = of_street(reported, "D06")
    assert after > before
    assert status == "issued"
    page.goto(f"{site}/todo")
    assert f"D06 {before} → {after}" in page.inner_text("main")
    page.goto(f"{site}/split/{PLAN}/{STREET}")
    assert "计划调整了，要重新确认" in page.inner_text("main")
    assert f"原 {before}" in page.inner_text("tfoot")
    look(page)
    follow(page, "button.btn[value=ask]")
    follow(page, "button[value=confirm]")

    assert of_street(reported, "D06") == (after, "decomposed")
    assert of_street(reported, "C08") == (1, "None")
    with db.write(reported.engine) as session:
        rollups.fold(session, at=on(7, 20))
        assert rollups.verify(session) == []
    assert said == []


def type_changes(page: Page, site: str) -> None:
    """Another goal, a target more, and a round that is due later."""
    with saved(page):
        page.fill("[name='goal.D06.0']", "280")
        page.press("[name='goal.D06.0']", "Tab")
    page.locator("details:has([name='on.C08']) > summary").click()
    with saved(page):
        page.check("[name='on.C08']")
    page.goto(f"{site}{HERE}/rounds")
    page.fill("[name='due_date.3']", "2026-10-20")
    follow(page, "button.btn[value=save]")


@contextmanager
def saved(page: Page) -> Iterator[None]:
    """Waits until what was changed is kept: the page then holds the draft's next version."""
    version = "document.querySelector('#plan [name=version]').value"
    before = page.evaluate(version)
    yield
    page.wait_for_function(f"before => {version} !== before", arg=before)
