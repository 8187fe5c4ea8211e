"""The address of a unit, as papers print it and phones read it: it leads to that unit's 填报."""

from __future__ import annotations

from urllib.parse import quote

UNIT_PATH = "/u/"


def unit_link(home: str, unit: str) -> str:
    """This function will give a unit's link by its code; `home` is the installation's address."""
    return f"{home}{UNIT_PATH}{quote(unit, safe='')}"
