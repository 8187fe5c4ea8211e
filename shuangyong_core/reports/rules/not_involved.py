"""What marking many units 不涉及 makes of each unit's figures: never over one that stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.shapes import read_figure
from shuangyong_core.reports.rules.wrong import Wrong

Figures = Mapping[str, Any]


class Outcome(StrEnum):
    """What became of one unit."""

    SUBMITTED = "submitted"  # 已代报
    DRAFTED = "drafted"  # 已存入草稿: other figures are still missing
    UNCHANGED = "unchanged"  # 原来就是不涉及


@dataclass(frozen=True, slots=True)
class Marked:
    """One unit's figures with the targets marked, and the items still missing."""

    figures: Figures
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    is_complete: bool


def check_why(reason: object, items: Sequence[RequiredFigure]) -> str:
    """This function will give the reason as a figure keeps it; raises Problems."""
    try:
        value, _ = read_figure({"not_involved": reason}, items[0])
    except Wrong as wrong:
        raise Problems(
            [Problem(code, sentence, field="reason") for code, sentence, _ in wrong.faults]
        ) from None
    return value.text or ""


def mark_not_involved(
    items: Sequence[RequiredFigure],
    figures: Figures,
    *,
    targets: Sequence[str],
    reason: str,
    unit: str,
    name: str,
) -> Marked:
    """This function will mark targets beside the figures that stand; raises Problems."""
    asked = {item.code: item for item in items}
    problems: list[Problem] = []
    marked = dict(figures)
    changed = []
    for code in targets:
        if code not in asked:
            sentence = f"{name}这一期没有 {mask(code)}，请去掉这个单位或这一项。"
            problems.append(Problem("unknown_target", sentence, field=unit))
            continue
        same = [each.code for each in items if each.indicator == asked[code].indicator]
        standing = {each: marked[each] for each in same if marked.get(each)}
        filled = [each for each, figure in standing.items() if not _is_out(figure)]
        if filled:
            sentence = f"{name}的 {filled[0]} 已经填了数，没有改动；确实不涉及，请打开那一份修改。"
            problems.append(Problem("already_filled", sentence, field=unit))
        elif not standing:
            marked[code] = {"not_involved": reason}
            changed.append(code)
    if problems:
        raise Problems(problems)
    missing, is_complete = _missing(marked, items)
    return Marked(marked, tuple(changed), missing, is_complete)


def _is_out(figure: object) -> bool:
    return isinstance(figure, Mapping) and "not_involved" in figure


def _missing(figures: Figures, items: Sequence[RequiredFigure]) -> tuple[tuple[str, ...], bool]:
    try:
        read_figures(figures, items)
    except Problems as found:
        # A draft may hold what is wrong: it is mended where it was typed, not here.
        lacking = (each.field for each in found.problems if each.code == "missing")
        return tuple(code for code in lacking if code), False
    return (), True
