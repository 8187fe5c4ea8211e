"""How the files read: each opens with its sentence, each fits two screens, each has its place."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from tests.house.layers import ROOT

TOP_LEVEL = {
    ".ci", ".gitignore", "Makefile", "README.md", "README.zh-CN.md", "benchmarks", "deployments",
    "docs", "examples", "flows", "pyproject.toml", "shuangyong_core", "tests",
}  # fmt: skip


def ours(*patterns: str) -> list[Path]:
    """This function will give the files here that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({ROOT / name for name in listed.split("\n") if name and (ROOT / name).exists()})


FILES = ours("*.py")
# A migration is written by a command and never edited again.
HAND_WRITTEN = [path for path in FILES if "versions" not in path.parts]


def shown(path: Path) -> str:
    """This function will name a file as a person would."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_opens_with_one_sentence(path: Path) -> None:
    sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert sentence, "no opening sentence"
    paragraph = sentence.partition("\n\n")[0]
    assert paragraph.endswith((".", "。", "!", "?")), paragraph


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=shown)
def test_a_file_fits_two_screens(path: Path) -> None:
    limit = 300 if path.is_relative_to(ROOT / "tests") else 200

    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in ours()} <= TOP_LEVEL
