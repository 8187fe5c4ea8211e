"""Setting up the web assets: exact versions, once, and a clear word when npm is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from shuangyong_core.web import assets


def test_every_version_is_exact() -> None:
    declared = json.loads((assets.HERE / "package.json").read_text("utf-8"))

    for version in (declared["dependencies"] | declared["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_the_lock_names_no_registry() -> None:
    lock = (assets.HERE / "package-lock.json").read_text("utf-8")

    assert "resolved" not in lock
    assert lock.count("integrity") == 5


def test_a_machine_without_npm_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")

    with pytest.raises(assets.NpmMissing, match=r"Node\.js"):
        assets.set_up()


def test_a_second_set_up_does_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if assets.missing():
        pytest.skip("the web assets are not set up")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert assets.set_up() is False


def test_a_licence_travels_with_every_package() -> None:
    folders = {target.split("/")[0] for target in assets.FILES.values()}

    assert {f"{folder}/LICENSE" for folder in folders} <= set(assets.FILES.values())
