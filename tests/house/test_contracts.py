"""The import contracts hold for the product, and each of them bites when it is broken."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.layers import ROOT, contract, doors, layers

# What stands above the doors or serves them alone may know their tools.
DOORS_OWN = {"serving", "launching"}
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """This function will check the contracts on the code in `folder`."""
    return subprocess.run(
        [str(LINT), "--no-cache", "--no-logo", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the product's code that a test may spoil; a part still to come stands empty."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("shuangyong_core", "flows"):
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for name in (module for layer in layers() for module in layer):
        if not file_of(tmp_path, name).exists():
            write(tmp_path, name + ".__init__", "")
    return tmp_path


def file_of(folder: Path, module: str) -> Path:
    """This function will give the file of a module, whether it is a package or a file."""
    path = folder / module.replace(".", "/")
    return path / "__init__.py" if (path / "__init__.py").exists() else path.with_suffix(".py")


def write(folder: Path, module: str, line: str) -> None:
    """This function will add a line to the file of a module."""
    path = file_of(folder, module)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def said(output: str) -> str:
    """This function will give the words of an output without its line breaks."""
    return " ".join(output.split())


def test_the_product_keeps_its_contracts() -> None:
    found = lint(ROOT)

    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 broken" in found.stdout


def test_an_import_upwards_is_caught_at_every_floor(copied: Path) -> None:
    order = layers()
    upwards = [(low, high[0]) for high, lows in itertools.pairwise(order) for low in lows]
    for low, high in upwards:
        write(copied, low, f"import {high}")

    found = lint(copied, "--contract", "order")

    assert found.returncode == 1
    for low, high in upwards:
        assert f"{low} is not allowed to import {high}:" in said(found.stdout)


def test_a_door_that_imports_another_door_is_caught(copied: Path) -> None:
    open_to = doors()
    pairs = list(zip(open_to, [*open_to[1:], open_to[0]], strict=True))
    for door, other in pairs:
        write(copied, door, f"import {other}")

    found = lint(copied, "--contract", "order")

    assert found.returncode == 1
    for door, other in pairs:
        assert f"{door} is not allowed to import {other}:" in said(found.stdout)


def test_rules_that_know_more_than_plain_values_are_caught(copied: Path) -> None:
    # A part that does not exist yet: whoever adds one is held to it at once.
    pure = contract("pure")
    sources = [name.replace("*", "newcomer") for name in pure["source_modules"]]
    write(copied, "shuangyong_core.newcomer.__init__", "")
    for source in sources:
        for module in pure["forbidden_modules"]:
            write(copied, source, f"import {module}")

    found = lint(copied, "--contract", "pure")

    assert found.returncode == 1
    for source in sources:
        for module in pure["forbidden_modules"]:
            assert f"{source} -> {module}" in said(found.stdout)


def test_a_part_that_uses_a_door_s_tool_is_caught(copied: Path) -> None:
    core = contract("core")
    for source in core["source_modules"]:
        for module in core["forbidden_modules"]:
            write(copied, source, f"import {module}")

    found = lint(copied, "--contract", "core")

    assert found.returncode == 1
    for source in core["source_modules"]:
        for module in core["forbidden_modules"]:
            assert f"{source} -> {module}" in said(found.stdout)


def test_every_part_has_its_place_in_the_order() -> None:
    there = {path.parent.name for path in (ROOT / "shuangyong_core").glob("*/__init__.py")}
    placed = {module.split(".")[-1] for layer in layers() for module in layer}

    assert there - placed == {"migrations"}


def test_every_part_below_the_doors_is_kept_from_the_doors_tools() -> None:
    there = {path.parent.name for path in (ROOT / "shuangyong_core").glob("*/__init__.py")}
    of_doors = {module.split(".")[-1] for module in doors()} | DOORS_OWN
    kept = {module.split(".")[-1] for module in contract("core")["source_modules"]}

    assert there - of_doors - kept == set()
