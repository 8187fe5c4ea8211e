"""Counts what was put right by itself, by kind: 全角数字 3，中文日期 2，多余空格、单位 2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

# What a note holds, and how its kind is called; the first that fits.
KINDS = (
    ("已转为半角", "全角数字"),
    ("中文日期", "中文日期"),
    ("日期写法", "日期写法"),
    ("千分位", "千分位"),
    ("已去掉", "多余空格、单位"),
    ("已换算", "万、亿换算"),
)
OTHER = "其他写法"
# The form asks for parts alone, so adding them up is no correction.
ADDED_UP = "按分项合计"


def kind_of(note: str) -> str:
    """This function will name the kind of correction a note tells."""
    return next((kind for mark, kind in KINDS if mark in note), OTHER)


def count_kinds(notes: Iterable[str]) -> dict[str, int]:
    """This function will count corrections by kind, the most frequent first."""
    counted = Counter(kind_of(note) for note in notes if ADDED_UP not in note)
    return dict(counted.most_common())


def say_kinds(notes: Iterable[str]) -> tuple[str, str]:
    """This function will say how many were put right, and of which kinds; blank if none was."""
    counts = count_kinds(notes)
    if not counts:
        return "", ""
    kinds = "，".join(f"{kind} {count}" for kind, count in counts.items())
    return f"已自动更正 {sum(counts.values())} 处：", kinds
