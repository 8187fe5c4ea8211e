"""The page of commands names every command the parser knows, and no other."""

from __future__ import annotations

import re

from tests.house.commands import commands
from tests.house.layers import ROOT


def test_the_page_names_every_command_once() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    named = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)

    assert sorted(named) == sorted(" ".join(words) for words in commands())
