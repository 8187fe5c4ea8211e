"""The figures a unit of the demo reports: drawn from its code, so every demo is the same."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

PARTS = ("双拥", "国防", "征兵", "理论学习", "典型")
NOT_INVOLVED = "没有优抚对象提出困难"


def draw_figures(unit: str, round_: str, goals: Mapping[str, int], *, below: int) -> dict[str, Any]:
    """This function will draw a report's figures by target code.

    `goals` holds the unit's own goal of each target due (0 without one); `below` is the number
    of units directly below, for figures that a street gives for them.
    """
    return {
        target: _figure(Random(f"{unit}/{round_}/{target}"), target, goal, below)
        for target, goal in goals.items()
    }


def _figure(luck: Random, target: str, goal: int, below: int) -> dict[str, Any]:
    match target:
        case "C03" if goal:
            return {"value": str(max(0, goal + luck.choice([-1, 0, 0, 0, 0, 0, 1])))}
        case "A04":
            return {"date": f"2026-01-{luck.randint(14, 28)}"}
        case "A15":
            lacking = luck.choice([0, 0, 0, 1])
            return {"numerator": below - lacking, "denominator": below}
        case "A16":
            return {"value": True, "parts": {"同安排同部署同落实": True, "宣传纳入年度计划": True}}
        case "B03":
            return _talks(luck)
        case "C01" | "C02":
            count = luck.randint(1, 2)
            return {"keys": [f"驻军单位{letter}" for letter in luck.sample("ABCDEFGH", count)]}
        case "C06":
            return {"value": f"{luck.randint(40, 260) * 100}.00"}
        case "D13":
            return {"value": str(luck.randint(24, 36)), "covered": luck.randint(12, 26)}
        case "D06" if luck.random() < 0.12:
            return {"not_involved": NOT_INVOLVED}
        case "F01":
            return {"numerator": 1962, "denominator": 1962}
        case "F10":
            return {"date": f"2026-06-{luck.randint(8, 29):02d}"}
        case _:
            return {"value": str(luck.randint(*_RANGE.get(target, (1, 3))))}


# What one unit usually reports for half a year.
_RANGE = {"A05": (0, 2), "B08": (1, 4), "D05": (2, 7), "D06": (0, 2),
          "G02": (1, 3), "G04": (2, 3)}  # fmt: skip


def _talks(luck: Random) -> dict[str, Any]:
    total = luck.randint(2, 3)
    parts: dict[str, int] = {}
    for _ in range(total):
        part = luck.choice(PARTS)
        parts[part] = parts.get(part, 0) + 1
    return {"value": str(total), "parts": parts}
