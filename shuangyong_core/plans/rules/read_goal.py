"""Reads a goal: its kind, its number scaled by the indicator, how it is split."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.rules.fields import Findings, Section
from shuangyong_core.plans.rules.nodes import Entry
from shuangyong_core.plans.rules.text import GoalText, IndicatorText
from shuangyong_core.plans.rules.words import GOAL_KINDS, GOALS_OF, PERS

FIELDS = (*GOAL_KINDS, "split", "shares", "note", "per")
RATE_DECIMALS = 4


def read_goal(findings: Findings, entry: Entry, *, indicator: IndicatorText) -> GoalText:
    """This function will read a goal; what is wrong goes to the findings."""
    section = Section(findings, entry, known=FIELDS)
    stated = [kind for kind in GOAL_KINDS if section.get(kind) is not None]
    if len(stated) != 1:
        section.wrong(stated[1] if stated else "total", "goal", _which_one())
        return GoalText("none", place=section.place)
    kind = stated[0]
    allowed = GOALS_OF.get(indicator.kind, GOAL_KINDS)
    if kind not in allowed:
        why = f"“{indicator.name}”的目标只能是：{'、'.join(allowed)}。"
        section.wrong(kind, "goal_kind", why)
    note = section.text("note", longest=40, default="")
    goal = _read(section, kind, indicator=indicator)
    per = section.choice("per", PERS, default="") if section.get("per") else ""
    return replace(goal, note=note, per=per, place=section.place)


def _which_one() -> str:
    return (
        "目标要写且只写一种：{total: 总数}、{each: 每单位}、{ratio: 比率}、"
        "{done: true}、{none: true}。"
    )


def _read(section: Section, kind: str, *, indicator: IndicatorText) -> GoalText:
    if kind == "ratio":
        rate = _rate(section)
        return GoalText(kind, rate.numerator, rate.denominator, "same")
    if kind in ("done", "none"):
        if not section.claim(kind):
            section.wrong(kind, "goal", f"{kind} 后面只能写 true。")
        return GoalText(kind, split="same")
    return _counted(section, kind, indicator=indicator)


def _counted(section: Section, kind: str, *, indicator: IndicatorText) -> GoalText:
    entry = section.get(kind)
    assert entry is not None
    goal = section.number(entry, decimals=indicator.decimals, unit=indicator.display_unit)
    split = "same" if kind == "each" else _split(section)
    shares = _shares(section, indicator) if split == "manual" else ()
    summed = sum(share for _, share in shares)
    if shares and goal is not None and summed != goal:
        whole, parts = (format_scaled(each, indicator.decimals) for each in (goal, summed))
        why = f"各单位之和 {parts} 与总数 {whole} 不相等，请核对。"
        section.wrong("shares", "goal_does_not_add_up", why)
    return GoalText(kind, goal, None, split, shares)


def _split(section: Section) -> str:
    split = section.text("split", longest=60, default="equal")
    key = split.removeprefix("base:")
    is_base = split.startswith("base:") and key.isidentifier() and len(key) <= 40
    if split not in ("equal", "manual") and not is_base:
        section.wrong("split", "unknown_split", "分解方式只能是 equal、base:基数名 或 manual。")
    if split == "manual" and section.get("shares") is None:
        section.wrong("shares", "blank", "按指定数分解时要写 shares: {单位编码: 数}。")
    if split != "manual" and section.get("shares") is not None:
        section.wrong("shares", "unexpected", "只有 split: manual 时才写 shares。")
    return split


def _shares(section: Section, indicator: IndicatorText) -> tuple[tuple[str, int], ...]:
    entry = section.get("shares")
    if entry is None or not isinstance(entry.value, dict):
        if entry is not None:
            section.wrong("shares", "not_fields", "请写成 {单位编码: 数}。")
        return ()
    found = []
    for code, each in entry.value.items():
        share = section.number(each, decimals=indicator.decimals, unit=indicator.display_unit)
        if share is not None:
            found.append((code, share))
    return tuple(found) if len(found) == len(entry.value) else ()


def _rate(section: Section) -> Fraction:
    entry = section.get("ratio")
    text = entry.value if entry is not None and isinstance(entry.value, str) else ""
    if entry is not None and text.strip().endswith(("%", "％")):
        scaled = section.number(entry, decimals=2, unit="%")
    elif entry is not None:
        scaled = section.number(entry, decimals=RATE_DECIMALS)
    else:
        scaled = None
    if scaled is not None and not 1 <= scaled <= 10**RATE_DECIMALS:
        section.wrong("ratio", "out_of_range", "比率要大于 0、不超过 1，例如 0.95 或 95%。")
    return Fraction(scaled or 0, 10**RATE_DECIMALS)
