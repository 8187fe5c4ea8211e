"""The order of the parts, read from the contract that holds it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOORS = ("flows", "shuangyong_core.web", "shuangyong_core.api", "shuangyong_core.cli")


def contract(name: str) -> dict[str, Any]:
    """This function will give one import contract as pyproject.toml states it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = settings["tool"]["importlinter"]["contracts"]
    return next(each for each in found if each["id"] == name)


def layers() -> list[list[str]]:
    """This function will give the modules of each layer, top to bottom."""
    return [re.findall(r"[\w.]+", layer) for layer in contract("order")["layers"]]


def doors() -> list[str]:
    """This function will give the modules of the layer of the doors."""
    return next(layer for layer in layers() if "flows" in layer)


def parts() -> list[str]:
    """This function will give the parts between the doors and the ground floor, bottom up."""
    order = layers()
    below = order[order.index(doors()) + 1 : -1]
    return [module.split(".")[1] for layer in reversed(below) for module in layer]
