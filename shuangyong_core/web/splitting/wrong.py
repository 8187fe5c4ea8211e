"""What is wrong with a split, as sentences on top and marks at the cells, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shuangyong_core.assignments.queries.splits import OWN, SplitProposal
from shuangyong_core.errors import Problem
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.web.splitting.opened import Opened
from shuangyong_core.web.splitting.typed import Typed, cells_of


def at_the_cells(typed: Typed, problems: Sequence[Problem]) -> Typed:
    """This function will put each problem of a cell at the cell."""
    found = {
        problem.field: problem.message
        for problem in problems
        if problem.field and problem.field in typed.texts
    }
    return replace(typed, errors={**found, **typed.errors})


def sentences(opened: Opened, typed: Typed, problems: Sequence[Problem]) -> list[str]:
    """This function will say every problem with the name of its task and unit."""
    splits = {split.code: split for split in opened.splits}
    return [_sentence(splits, typed, problem) for problem in problems]


def _sentence(splits: dict[str, SplitProposal], typed: Typed, problem: Problem) -> str:
    code, _, place = (problem.field or "").partition(".")
    split = splits.get(code)
    if split is None:
        return problem.message
    names = {child.code: child.name for child in split.children} | {OWN: "本级承办"}
    where = f"{code} {split.title}"
    if problem.code == "too_little":
        short = split.held - sum(typed.numbers[name] for name in cells_of(split))
        shown = f"{format_scaled(short, split.decimals)} {split.display_unit}"
        return f"{where}：分解合计比下达数少 {shown}，分完才能下达。"
    unit = f"，{names[place]}" if place in names else ""
    return f"{where}{unit}：{problem.message}"
