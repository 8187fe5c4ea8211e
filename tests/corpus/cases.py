"""The cases of the corpus: one file each, with what `expect.toml` of its folder says of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHANNELS = ("form", "api", "command", "workbook")
OF_REPORTS = ("numbers", "ranges", "dates", "text")


@dataclass(frozen=True)
class Case:
    """One file and its verdict."""

    folder: str
    name: str
    path: Path
    expected: Mapping[str, Any]

    @property
    def id(self) -> str:
        """How a test names it."""
        return f"{self.folder}/{self.name}"

    @property
    def is_accepted(self) -> bool:
        """Whether it must be taken."""
        return bool(self.expected["verdict"] == "accepted")

    @property
    def channels(self) -> tuple[str, ...]:
        """Through which channels such a value can come at all."""
        return tuple(self.expected.get("channels", CHANNELS))

    @property
    def figures(self) -> dict[str, Any]:
        """What a case of a report puts in the place of a good figure."""
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    @property
    def target(self) -> str:
        """The one figure it is about."""
        (code,) = self.figures
        return code


@dataclass(frozen=True)
class Verdict:
    """What a channel said of a case: the figure as it was kept, or why it was not."""

    is_accepted: bool
    codes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def cases_in(folder: str) -> list[Case]:
    """This function will give the cases of a class; every file has its line, every line a file."""
    said = tomllib.loads((HERE / folder / "expect.toml").read_text(encoding="utf-8"))
    files = {path.stem: path for path in (HERE / folder).iterdir() if path.name != "expect.toml"}
    assert files.keys() == said.keys(), files.keys() ^ said.keys()
    return [Case(folder, name, files[name], said[name]) for name in sorted(files)]
