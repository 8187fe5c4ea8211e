"""What is installed is what is written here: the wheel, the pins, no address of any index."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from shuangyong_core.web import assets
from tests.house.layers import ROOT

PINS = (ROOT / "deployments" / "constraints.txt").read_text(encoding="utf-8").splitlines()


def named(requirement: str) -> str:
    """This function will give the name of a requirement, in the one form that can be compared."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ]", requirement)[0]).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_carries_the_flows_and_every_file_of_the_product(wheel: set[str]) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "flows", "shuangyong_core"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")

    assert {name for name in tracked if name and (ROOT / name).exists()} <= wheel


def test_the_wheel_carries_the_web_assets_and_no_tool_of_the_tests(wheel: set[str]) -> None:
    if assets.missing():
        pytest.skip("the web assets are not set up; make assets")
    there = [path for path in Path(assets.VENDOR).rglob("*") if path.is_file()]

    for path in there:
        name = str(path.relative_to(ROOT))
        assert (name in wheel) == ("axe-core" not in path.parts), name
    assert not any("node_modules" in name for name in wheel)


def test_every_dependency_is_pinned_to_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    pinned = {named(line) for line in PINS}

    assert {named(requirement) for requirement in wanted} - pinned == set()
    assert [line for line in PINS if not re.fullmatch(r"[\w.-]+==[\w.+!]+", line)] == []


def test_the_pins_name_a_pair_of_prefect_and_fastapi_that_works_together() -> None:
    assert {"prefect==3.8.8", "fastapi==0.150.0"} <= set(PINS)


def test_the_lock_of_the_web_assets_says_versions_and_no_address_to_fetch_from() -> None:
    lock = json.loads((assets.HERE / "package-lock.json").read_text(encoding="utf-8"))

    assert lock["packages"]
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
