"""Takes the pictures of the README from a running demo: `python -m tests.shots ADDRESS`."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from shuangyong_core.demo.setting import PASSWORD, PLAN
from tests.fixtures.browser import FLAGS
from tests.web.pages import follow, sign_in

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SHOTS = (
    ("progress", "qsyb", "/progress"),
    ("form", "990106007003", f"/rounds/{PLAN}/990106007003/R2"),
    ("review", "990106007-sh", f"/review/{PLAN}/990106007007/R2"),
    ("source", "qsyb", f"/source/{PLAN}/C03"),
    ("todo", "990106007003", "/todo"),
    ("plan", "qsyb", "/plans/linjiang-2027/targets"),
)
WIDTHS = (1440, 390)


def main(site: str) -> None:
    """This function will shoot every page at both widths."""
    program = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        begin_next_year(browser, site, "qsyb")
        for name, login, path in SHOTS:
            for width in WIDTHS:
                picture = shoot(browser, site, login, path, width)
                # 128 colours are enough for a page, and a third of the bytes.
                small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128)
                small.save(IMAGES / f"{name}-{width}.png", optimize=True)
        browser.close()


def shoot(browser: Browser, site: str, login: str, path: str, width: int) -> bytes:
    """This function will give the picture of a page as one user sees it."""
    page = signed_in(browser, site, login, width)
    answer = page.goto(site + path)
    if answer is not None and answer.status == 404:
        # Next year's plan is begun the way an office begins it: by copying this year's.
        page.goto(f"{site}/plans")
        follow(page, "td form[action='/plans'] button")
        page.goto(site + path)
    # Sticky bars spoil a picture of the whole page, so the window is made as high as the page.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, height)})
    picture = page.screenshot()
    page.context.close()
    return picture


def begin_next_year(browser: Browser, site: str, login: str) -> None:
    """This function will copy the year's plan into a draft, if there is none yet."""
    page = signed_in(browser, site, login, WIDTHS[0])
    page.goto(f"{site}/plans")
    copy = page.locator("button[value=copy]")
    if copy.count():
        follow(page, copy.first)
    page.context.close()


def signed_in(browser: Browser, site: str, login: str, width: int) -> Page:
    """This function will give a page of a width where a user has logged in."""
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
    page = context.new_page()
    sign_in(page, site, login, PASSWORD)
    return page


if __name__ == "__main__":
    main(sys.argv[1])
