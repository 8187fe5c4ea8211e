"""Where the demo's files lie, its pretend days, and the one password of its made-up accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

PLAN = "linjiang-2026"
DISTRICT = "990106"
LAUNCH_DAY = date(2026, 1, 12)
PRETEND_DAY = date(2026, 7, 20)
PASSWORD = "jun-min-yi-jia-qin"


def example_file(name: str) -> Path:
    """This function will give an example's file: inside the package, or beside it in a checkout."""
    packed = Path(__file__).parent / "linjiang" / name
    if packed.exists():
        return packed
    return Path(__file__).parents[2] / "examples" / "linjiang" / name
