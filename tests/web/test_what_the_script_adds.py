"""The small script: drafts, 不涉及, remainders, keys; and the same pages without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from shuangyong_core.web import assets
from tests.fixtures.browser import PATIENCE
from tests.web.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The gallery on this machine."""
    if assets.missing():
        pytest.skip("the web assets are not set up; see make assets")
    with serving() as address:
        yield address


def _expect(page: Page, place: str, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator(place)).to_have_text(text)


def test_a_draft_saves_itself(page: Page, site: str) -> None:
    page.goto(f"{site}/form")

    page.fill("#f-B03", "5")

    _expect(page, "#saved", "草稿已存 09:45")
    assert page.input_value("input[name=version]") == "4"


def test_a_draft_that_cannot_be_saved_stays_in_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/form")
    page.route("**/draft", lambda route: route.abort())

    page.fill("#f-B03", "7")

    page.wait_for_selector("#saved.bad")
    assert "没有存上" in page.inner_text("#saved")
    assert page.input_value("#f-B03") == "7"


def test_not_involved_takes_the_number_away_and_asks_why(page: Page, site: str) -> None:
    page.goto(f"{site}/form")

    page.check("#f-B03-ni")

    assert page.is_hidden("#f-B03")
    assert page.is_visible("#f-B03-ni-why")
    assert page.is_hidden("#f-B03-ni-other")
    page.select_option("#f-B03-ni-why", "other")
    assert page.is_visible("#f-B03-ni-other")


def test_what_is_left_counts_along(page: Page, site: str) -> None:
    page.goto(f"{site}/form")

    page.fill("#f-B03", "１")

    assert page.inner_text("[data-remainder-of]") == "3"


def test_the_form_works_without_the_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{site}/form")

    page.check("#f-B03-ni")

    assert page.is_visible("#f-B03-ni-why")
    assert page.is_visible("#f-B03-ni-other")
    context.close()


def test_the_remainder_of_a_split_moves_with_every_key(page: Page, site: str) -> None:
    page.goto(f"{site}/split")

    page.fill("input[name='C04.0']", "12")
    assert page.inner_text("[data-gap=C04]") == "正好"
    page.fill("input[name='C04.0']", "15")
    assert page.inner_text("[data-gap=C04]") == "超出 3"
    page.fill("input[name='C04.0']", "很多")
    assert page.inner_text("[data-gap=C04]") == "请填数"


def test_keys_walk_the_queue_and_ask(page: Page, site: str) -> None:
    page.goto(f"{site}/review")

    for key, act in (("r", "ask_return"), ("Enter", "ask_accept")):
        with page.expect_request(
            lambda request, act=act: f"act={act}" in (request.post_data or "")
        ):
            page.keyboard.press(key)
    with page.expect_request("**/review/2"):
        page.keyboard.press("j")


def test_enter_answers_the_open_question(page: Page, site: str) -> None:
    page.goto(f"{site}/review-accept")

    with page.expect_request(lambda request: "act=accept" in (request.post_data or "")):
        page.keyboard.press("Enter")


def test_enter_answers_before_the_focus_has_moved(page: Page, site: str) -> None:
    page.goto(f"{site}/review-accept")
    page.evaluate("document.activeElement.blur()")

    with page.expect_request(lambda request: "act=accept" in (request.post_data or "")):
        page.keyboard.press("Enter")


def test_a_key_held_down_opens_a_question_and_never_answers_it(page: Page, site: str) -> None:
    page.goto(f"{site}/review-accept")
    page.focus("[data-confirm]")

    answered = page.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
            {key: 'Enter', repeat: true, bubbles: true, cancelable: true}))"""
    )

    assert answered is False  # the browser is told not to press the button


def test_enter_in_a_field_never_decides(page: Page, site: str) -> None:
    page.goto(f"{site}/review-return")

    with page.expect_request(lambda request: "act=" in (request.post_data or "")) as asked:
        page.press("#r-D05", "Enter")

    assert "act=look" in (asked.value.post_data or "")


def test_sums_still_being_folded_are_asked_for_again(page: Page, site: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto(f"{site}/progress-pending")
    assert answer is not None
    assert "正在汇总" in answer.text()

    page.wait_for_selector("text=已汇总完")

    assert said == []


def test_a_name_narrows_the_tree(page: Page, site: str) -> None:
    page.goto(f"{site}/progress")

    page.fill("#ts", "石桥")

    assert page.locator("#tree a:visible").count() == 2  # the district and the street
