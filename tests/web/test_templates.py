"""What no template may hold: inline script or style, bare attributes, unescaped text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shuangyong_core.web import icons, rendering
from shuangyong_core.words import words

FOLDER = rendering.WEB / "templates"
TEMPLATES = sorted(FOLDER.glob("*.html"))
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ICON_CALL = re.compile(r"""\bic\('([a-z0-9-]+)'|\bempty\('([a-z0-9-]+)'""")


def tags(file: Path) -> list[str]:
    """The tags of a template, its Jinja taken out."""
    return TAG.findall(JINJA.sub("J", file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_has_nothing_inline(file: Path) -> None:
    for tag in tags(file):
        assert not re.search(r"\s(style|on[a-z]+)\s*=", tag), tag
        assert not tag.startswith("<style"), tag
        if tag.startswith("<script"):
            assert 'src="' in tag, tag


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_attribute_is_quoted(file: Path) -> None:
    for tag in tags(file):
        assert not re.search(r"[a-z-]=(?![\"'])", re.sub(r"\"[^\"]*\"", '""', tag)), tag


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_escaping_is_never_switched_off(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    trusted = re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", text)

    assert "autoescape" not in text
    assert trusted == (["{{ icons.get(name, '')|safe }}"] if file.name == "m.html" else [])


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_chinese_word_is_marked_for_translation(file: Path) -> None:
    text = JINJA.sub("", file.read_text(encoding="utf-8"))

    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_the_list_of_icons_is_the_icons_in_use() -> None:
    texts = [file.read_text(encoding="utf-8") for file in TEMPLATES]
    used = {a or b for text in texts for a, b in ICON_CALL.findall(text)}
    menu = re.search(r"menu_icons = (\{.*?\})", (FOLDER / "base.html").read_text("utf-8"))
    assert menu is not None
    used |= set(re.findall(r": '([a-z-]+)'", menu.group(1)))

    assert used <= set(icons.NAMES)
    assert set(icons.NAMES) - used <= icons.NAMED_BY_VIEWS


def test_the_menu_has_at_most_five_entries() -> None:
    assert len(words()["menu"]) <= 5


def test_another_word_of_the_office_changes_every_page() -> None:
    assert words()["return_for_revision"] == "退回修改"
