"""Takes the pictures of the README from a running demo: `python -m tests.shots ADDRESS`."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from shuangyong_core.demo.setting import PASSWORD, PLAN
from tests.fixtures.browser import FLAGS

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SHOTS = (
    ("progress", "qsyb", "/progress"),
    ("form", "990106007003", f"/rounds/{PLAN}/990106007003/R2"),
    ("review", "990106007-sh", f"/review/{PLAN}/990106007007/R2"),
    ("source", "qsyb", f"/source/{PLAN}/C03"),
    ("todo", "990106007003", "/todo"),
)
WIDTHS = (1440, 390)


def main(site: str) -> None:
    """This function will shoot every page at both widths."""
    program = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for name, login, path in SHOTS:
            for width in WIDTHS:
                picture = shoot(browser, site, login, path, width)
                # 128 colours are enough for a page, and a third of the bytes.
                small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128)
                small.save(IMAGES / f"{name}-{width}.png", optimize=True)
        browser.close()


def shoot(browser: Browser, site: str, login: str, path: str, width: int) -> bytes:
    """This function will give the picture of a page as one user sees it."""
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(site + path)
    # Sticky bars spoil a picture of the whole page, so the window is made as high as the page.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, height)})
    picture = page.screenshot()
    context.close()
    return picture


if __name__ == "__main__":
    main(sys.argv[1])
