"""What the docs say is what is there: the tree, the settings, the states."""

from __future__ import annotations

import importlib
import inspect
from enum import StrEnum

from shuangyong_core.migrations.tables import part_models
from shuangyong_core.settings import Settings
from tests.house import tree
from tests.house.layers import ROOT


def test_the_page_draws_the_tree_that_is_there() -> None:
    assert tree.drawn() == tree.real(), "make tree draws it anew"


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    for name in Settings.model_fields:
        assert f"`SHUANGYONG_{name.upper()}`" in page


def test_every_kind_and_status_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = {
        found
        for module in map(importlib.import_module, part_models())
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    }

    assert terms
    for term in terms:
        assert [value for value in term if f"`{value}`" not in glossary] == [], term
