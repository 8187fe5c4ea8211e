"""The office's own words, in one file beside this one: every page and every paper follows it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> dict[str, Any]:
    """This function will read the office's own words."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
