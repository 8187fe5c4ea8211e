"""A page in a real browser: a press that leads to another page waits for it, then one may look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shuangyong_core.web import assets
from tests.web.district import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WIDTHS = (1440, 390)
AXE = assets.VENDOR / "axe-core" / "axe.min.js"
RUN_AXE = "axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target.join(' ')))"
LOW = """[...document.querySelectorAll(
  "button, select, .btn, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio])"
)].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.height < 47.5;
}).map(each => each.outerHTML.slice(0, 120))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def follow(page: Page, press: str | Locator) -> None:
    """This function will press what leads to another page, and return when that has loaded."""
    place = page.locator(press).first if isinstance(press, str) else press
    with page.expect_navigation():
        place.click()


def strike(page: Page, key: str) -> None:
    """This function will strike a key that leads to another page, and wait for that likewise."""
    with page.expect_navigation():
        page.keyboard.press(key)


def sign_in(page: Page, site: str, login: str, password: str = PASSWORD) -> None:
    """This function will log a user in by the form."""
    page.goto(f"{site}/login")
    page.fill("#login", login)
    page.fill("#password", password)
    follow(page, "main button[type=submit]")


def complaints(page: Page) -> list[str]:
    """This function will give a list where everything comes that the browser complains of."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def look(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """The page as it stands sticks out nowhere and names everything, at both widths."""
    page.wait_for_load_state()
    page.evaluate(f"{AXE.read_text('utf-8')}; 0")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) == 0, (page.url, width)
        assert page.evaluate(RUN_AXE) == [], (page.url, width)
