"""The office's next year in a browser: written from the catalogue, a part of it sent down.

Everything is clicked and typed as a person would.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shuangyong_core import db
from shuangyong_core.accounts.actions import add_user
from shuangyong_core.accounts.actor import Role
from shuangyong_core.assignments.queries.launching import count_assignments_by_target
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.web import assets
from shuangyong_core.web.app import create_web
from tests.assignments.year import LAUNCHED, OFFICE
from tests.flows.place import Place
from tests.web.district import DISTRICT, PASSWORD
from tests.web.pages import follow, sign_in
from tests.web.site import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEXT = "linjiang-2027"
PART = ("C03", "C08")


def write_and_send(place: Place, page: Page) -> None:
    """The whole story, at an installation whose flows run."""
    if assets.missing():
        pytest.skip("the web assets are not set up; see make assets-dev")
    with db.write(place.engine) as session:
        add_user(session, "office", name="临江区双拥办", roles=((DISTRICT, Role.ISSUER),),
                 password=PASSWORD, actor=OFFICE, at=LAUNCHED - timedelta(days=9))  # fmt: skip
    with running(create_web(place.engine, place.settings)) as site:
        sign_in(page, site, "office")
        begin(page)
        set_rounds(page)
        tick_and_set(page)
        send_down(page)


def sent_down(place: Place) -> set[str]:
    """The targets that are down at units; all the others wait in the plan."""
    with db.read(place.engine) as session:
        plan = get_plan(session, NEXT)
        counts = count_assignments_by_target(session, plan)
    assert plan.status == PlanStatus.ACTIVE
    assert plan.approved_by == "示例：区委常委会会议"
    assert "K01" not in counts
    assert len(counts) == 25
    return {code for code, count in counts.items() if count}


def begin(page: Page) -> None:
    """Goes to the plans by the account menu, copies last year's and says who approved it."""
    page.click("summary.me")
    follow(page, ".drop >> text=计划")
    follow(page, "text=复制为 2027年计划")
    page.fill("#approved_by", "示例：区委常委会会议")
    follow(page, "text=存好，下一步")


def set_rounds(page: Page) -> None:
    """Moves one round; a wrong rule is named at its field and mended."""
    page.fill("[name='due_date.1']", "七月十日前")
    follow(page, "text=存草稿")
    assert page.get_attribute("[name='due_date.1']", "aria-invalid") == "true"
    page.fill("[name='due_date.1']", "2027-07-09")
    follow(page, "text=存好，下一步")


def tick_and_set(page: Page) -> None:
    """Ticks one, unticks one, sets a goal wrong and mends it; each is saved as it is done."""
    page.wait_for_selector("#check >> text=没有错误")
    page.click("#h3 summary")
    page.check("[name='on.C08']")
    page.wait_for_selector("[name='round.C08.0']", state="attached")
    page.uncheck("[name='on.K01']")
    page.wait_for_selector("#show-on >> text=已选 25")

    page.fill("[name='goal.C03.0']", "十二百")
    page.press("[name='goal.C03.0']", "Tab")
    page.wait_for_selector("#check >> text=改了才能下达")
    page.wait_for_selector("[name='goal.C03.0'][aria-invalid=true]")
    page.fill("[name='goal.C03.0']", "300")
    page.press("[name='goal.C03.0']", "Tab")
    page.wait_for_selector("#check >> text=没有错误")

    page.click("#row-A05-0 .chips label:nth-child(3)")
    page.wait_for_selector("[name=version][value='9']", state="attached")


def send_down(page: Page) -> None:
    """Unticks all but a part, is asked once, and watches it go down."""
    follow(page, "text=5 下达")
    for box in page.query_selector_all("input[name=target]"):
        box.set_checked(box.get_attribute("value") in PART)
    follow(page, "text=下达勾选的任务")
    assert "先行下达 2 项（C03、C08），其余 23 项以后再下达" in page.inner_text("#confirm")
    follow(page, "#confirm button")
    page.wait_for_selector("text=已开始下达。")
    page.wait_for_selector("#launch:not([data-poll])", timeout=180_000)
    assert page.locator("#launch >> text=已下达").count() == 2
