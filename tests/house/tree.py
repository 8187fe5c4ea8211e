"""Draws the tree of docs/architecture.md from the code: `make tree`; a test compares the two."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.layers import ROOT, layers, parts

PAGE = ROOT / "docs" / "architecture.md"
START, END = "```tree\n", "```\n"
WITHOUT_CODE = {
    "deployments": "How it is installed: the pinned versions, the flows on one machine or many.",
    "examples": "An invented district, its units and its plan.",
    "docs": "What is written for readers; decisions, one page each.",
    "benchmarks": "The measurements, printed as ratios.",
    ".ci": "What must be green, and what a machine needs for it.",
}


def drawn() -> str:
    """This function will give the tree that the page shows."""
    return PAGE.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]


def real() -> str:
    """This function will give the tree of the code: doors on top, the ground floor below."""
    lines = [_line(ROOT / "flows", 0), _line(ROOT / "shuangyong_core", 0)]
    for layer in layers():
        for name in layer:
            place = ROOT / name.replace(".", "/")
            if name != "flows" and (_holds_files(place) or place.with_suffix(".py").exists()):
                lines.append(_line(place, 1))
    lines.append(_line(ROOT / "shuangyong_core" / "migrations", 1))
    others = [ROOT / name for name in ("tests", *WITHOUT_CODE)]
    lines += [_line(place, 0) for place in others if _holds_files(place)]
    return "\n".join(lines) + "\n"


def _holds_files(place: Path) -> bool:
    return any(path.is_file() and path.suffix != ".pyc" for path in place.rglob("*"))


def _line(place: Path, depth: int) -> str:
    is_folder = place.is_dir()
    name = f"{'    ' * depth}{place.name}{'/' if is_folder else '.py'}"
    rooms = " ".join(_rooms(place)) if place.name in parts() else ""
    source = place / "__init__.py" if is_folder else place.with_suffix(".py")
    said = f"{name:22}{_sentence(source) if source.exists() else WITHOUT_CODE[place.name]}"
    return f"{said}\n{'':22}[{rooms}]" if rooms else said


def _rooms(part: Path) -> list[str]:
    files = [path.stem for path in part.glob("[a-z]*.py")]
    return sorted(files + [path.parent.name for path in part.glob("*/__init__.py")])


def _sentence(source: Path) -> str:
    sentence = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(sentence.partition("\n\n")[0].split())


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    PAGE.write_text(before + START + real() + END + rest.partition(END)[2], encoding="utf-8")
