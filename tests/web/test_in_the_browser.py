"""Pages as a person sees them: nothing sticks out, nothing complains, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from shuangyong_core.web import assets
from tests.web.gallery import Shown
from tests.web.pages import AXE, LOW, OVERFLOW, WIDTHS, complaints, look
from tests.web.serving import PAGES, serving
from tests.web.test_pages_render import CLOSED, replaced

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEEN = (
    "login-error",
    "password",
    "todo-clerk",
    "todo-street",
    "rounds",
    "form-error",
    "form-kinds",
    "form-confirm",
    "review-return",
    "review-empty",
    "workbook-wrong",
    "not-involved-confirm",
    "report-confirm",
    "split-confirm",
    "progress",
    "progress-empty",
    "target",
    "target-total",
    "tasks",
    "lights",
    "source",
    "materials",
    "plan-targets",
    "refused-422",
    "help",
    "handouts-wrong",
    "handout",
    "problems-wrong",
    "notices",
)
# As long as the longest name of a unit, where people write names and sentences.
LONG = "临江区新城北部片区高新技术产业开发区管理委员会工会联合会第一基层委员会代管社区"
# What the product itself writes, always short.
SHORT = {
    "value", "goal", "now", "last_time", "last_year", "unit",
    "state", "how_long", "due", "code", "target_code", "label",
    "verb", "word", "lead", "count", "facts", "rate",
    "planned", "longest", "split", "ratio", "trend", "segments",
    "foot", "total", "counted", "counts_since",
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The gallery on this machine."""
    if assets.missing() or not AXE.is_file():
        pytest.skip("the web assets are not set up; see make assets-dev")
    for name in SEEN:
        shown = PAGES[name]
        PAGES[f"{name}-long"] = Shown(
            shown.template, replaced(shown.view, LONG, kept=CLOSED | SHORT), shown.page
        )
    with serving() as address:
        yield address


@pytest.mark.parametrize("name", SEEN)
def test_a_page_is_quiet_and_sound(page: Page, site: str, name: str) -> None:
    said = complaints(page)

    page.goto(f"{site}/{name}")

    look(page)
    # A thumb needs 48 px; nothing that one presses or types in is lower on a phone.
    assert page.evaluate(LOW) == []
    assert said == []


@pytest.mark.parametrize("name", SEEN)
def test_a_very_long_name_does_not_burst_a_page(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}-long")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) == 0, width
