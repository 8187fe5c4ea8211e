"""The commands of the house do what they say: skips fail in CI, set-up is idle when done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.layers import ROOT

SKIPS = '''"""Skips itself."""
import pytest


def test_nothing_is_looked_at():
    pytest.skip("not today")
'''
SKIPS_AS_A_WHOLE = '''"""Skips itself as it is read."""
import pytest

pytest.skip("not today", allow_module_level=True)
'''


def run_pytest(folder: Path, *, ci: str) -> subprocess.CompletedProcess[str]:
    """This function will run the tests in `folder` under the rules of our conftest."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", os.devnull,
         "--continue-on-collection-errors", "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env=os.environ
        | {"CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def test_a_skipped_test_fails_in_ci_and_only_there(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(SKIPS, encoding="utf-8")
    (tmp_path / "test_whole.py").write_text(SKIPS_AS_A_WHOLE, encoding="utf-8")

    at_home, in_ci = run_pytest(tmp_path, ci=""), run_pytest(tmp_path, ci="true")

    assert at_home.returncode == 0, at_home.stdout
    assert "2 skipped" in at_home.stdout
    assert in_ci.returncode == 1, in_ci.stdout
    assert in_ci.stdout.count("skipped, and CI allows no skip") >= 2
    assert "1 failed, 1 error" in in_ci.stdout


def test_make_alone_lists_every_command_that_the_readme_names() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for name in ("run", "test", "check", "bench"):
        assert f"make {name} " in said
        for page in ("README.md", "README.zh-CN.md"):
            assert f"`make {name}`" in (ROOT / page).read_text(encoding="utf-8")


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A checkout whose environment was made from the pins that stand in it."""
    for name in ("pyproject.toml", "deployments/constraints.txt", ".ci/venv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    # Stands for the environment's Python and tells what it was asked to do.
    (programs / "python").write_text('#!/bin/sh\necho "python $*" >>asked\n')
    (programs / "python").chmod(0o755)
    set_up(tmp_path, "dev")
    (tmp_path / "asked").unlink()
    return tmp_path


def set_up(folder: Path, *arguments: str) -> None:
    """This function will run the set-up of the environment in `folder`."""
    subprocess.run([folder / ".ci" / "venv", *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("arguments", [(), ("dev",)], ids=["run", "test"])
def test_a_second_set_up_installs_nothing(arguments: tuple[str, ...], ready: Path) -> None:
    set_up(ready, *arguments)

    assert not (ready / "asked").exists()


def test_a_changed_pin_is_installed_at_the_next_set_up(ready: Path) -> None:
    pins = ready / "deployments" / "constraints.txt"
    pins.write_text(pins.read_text().replace("rich==", "rich==0"))

    set_up(ready)

    assert "--constraint deployments/constraints.txt" in (ready / "asked").read_text()
