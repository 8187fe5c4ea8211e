"""A street shares out in a real browser: pasted, refused, put aside, walked, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, PLAN, SECOND, STREET, District
from tests.web.pages import follow, look, sign_in
from tests.web.test_split import held, hold_statuses

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = f"/split/{PLAN}/{STREET}"
PASTE = """(input, text) => {
    const data = new DataTransfer();
    data.setData('text', text);
    input.dispatchEvent(new ClipboardEvent('paste',
        {clipboardData: data, bubbles: true, cancelable: true}));
}"""
FOCUSED = "document.activeElement.name"


def test_a_column_is_pasted_walked_refused_and_confirmed(
    district: District, site: str, open_browser: Callable[..., Browser], page: Page
) -> None:
    from playwright.sync_api import expect

    street = open_browser("street")
    cookies = street.client.cookies.items()
    page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
    page.goto(site + HERE)
    gap, ask = page.locator("[data-gap=C03]"), page.locator("button[value=ask]")
    cells = page.locator("input[data-target=C03]")
    before = [int(cells.nth(place).input_value()) for place in range(cells.count())]
    first, second = (page.locator(f"input[name='C03.{unit}']") for unit in (COMMUNITY, SECOND))
    expect(gap).to_have_text("正好")

    # A whole column as Excel gives it, one short; what is beside it in the sheet goes no further.
    column = [before[0] - 1, *before[1:]]
    first.evaluate(PASTE, "".join(f"{number}\r\n" for number in column))
    expect(gap).to_have_text("还差 1")
    expect(ask).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#said")).to_contain_text("C03 还差 1 户：分完即可下达")
    with page.expect_navigation():
        ask.click(force=True)  # it says it is not ready; a press is answered all the same
    assert "分解合计比下达数少 1 户" in page.inner_text(".errsum")
    assert hold_statuses(district, STREET) == {"issued"}

    # Put aside half done. Logged in anew, it lies where it was left.
    follow(page, ".actcard button[value=draft]")
    expect(page.locator("#aside")).to_contain_text("还没有下达")
    look(page, (390, 1440))
    page.context.clear_cookies()
    sign_in(page, site, "street")
    page.goto(f"{site}/todo")
    expect(page.locator("main")).to_contain_text("有一份没下达的分解方案")
    follow(page, page.locator(f"main a[href='{HERE}']:visible").first)
    assert [int(cells.nth(place).input_value()) for place in range(cells.count())] == column
    expect(gap).to_have_text("还差 1")
    assert hold_statuses(district, STREET) == {"issued"}

    # By the keys alone: down the column, back up, along the row, and the unit that was short.
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == f"C03.{SECOND}"
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == f"C04.{COMMUNITY}"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == f"C03.{SECOND}"
    page.keyboard.type(str(before[1] + 1))
    expect(gap).to_have_text("正好")
    assert ask.get_attribute("aria-disabled") is None
    with page.expect_navigation():
        ask.click()
    with page.expect_navigation():
        page.click("button[value=confirm]")

    expect(page.locator(".note.o")).to_contain_text("已下达")
    assert second.input_value() == str(before[1] + 1)
    assert held(district, "C03", SECOND) == (before[1] + 1, "confirmed")
    assert hold_statuses(district, STREET) == {"decomposed"}
