"""Every page renders from plain values, and whatever a person typed stays text."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.web.gallery import Shown, gallery

CANARY = "<img src=x onerror=alert(1)>\"'"
LONG = "经济技术开发区临江新城北部片区" * 12
PAGES = gallery()
# What a program chooses from a closed list, never a person.
CLOSED = {"kind", "light", "icon", "tone", "status", "current", "key", "act", "may"}


def replaced(value: Any, text: str, *, kept: set[str] = CLOSED) -> Any:
    """This function will put `text` wherever a view holds a text, but in the fields of `kept`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: replaced(getattr(value, field.name), text, kept=kept)
            for field in dataclasses.fields(value)
            if field.name not in kept
        }
        return dataclasses.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(replaced(each, text, kept=kept) for each in value)
    return text if isinstance(value, str) and value else value


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders(name: str) -> None:
    html = PAGES[name].html()

    assert html.startswith("<!doctype html>")
    assert html.rstrip().endswith("</html>")


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_stays_text(name: str) -> None:
    shown = PAGES[name]

    html = Shown(shown.template, replaced(shown.view, CANARY), shown.page).html()

    assert "<img src=x" not in html
    assert "\"'" not in html.replace("&#34;&#39;", "")


@pytest.mark.parametrize("name", PAGES)
def test_a_very_long_name_renders(name: str) -> None:
    shown = PAGES[name]

    html = Shown(shown.template, replaced(shown.view, LONG), shown.page).html()

    assert (LONG in html) == (shown.view is not None)
