"""Finds the cell a sentence of the checks is about: they speak of figures, a clerk sees cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shuangyong_core.errors import Problem
from shuangyong_core.guard.masking import mask
from shuangyong_core.reports.rules.workbook.columns import Column
from shuangyong_core.sheets import Cell

SIDES = {"分子": "numerator", "分母": "denominator"}
Cells = Mapping[str, Cell]


def spot(problem: Problem, columns: Sequence[Column], cells: Cells) -> Column:
    """This function will give the column of a figure that a problem is about."""
    word = problem.message.partition("：")[0]
    named = [each for each in columns if word in (each.part or None, each.label)]
    named += [each for each in columns if each.field == SIDES.get(word)]
    if named:
        return named[0]
    if problem.code in ("missing", "blank", "ticks_missing"):
        return next((each for each in columns if each.key not in cells), columns[0])
    shown = [
        each
        for each in columns
        if each.key in cells and problem.value == mask(cells[each.key].text)
    ]
    return (shown or list(columns))[0]


def message_of(problem: Problem, column: Column) -> str:
    """This function will give the sentence without what the place says already."""
    word, mark, rest = problem.message.partition("：")
    if mark and SIDES.get(word) == column.field:
        return f"{column.label}：{rest}"
    return problem.message


def spot_note(note: str, columns: Sequence[Column], cells: Cells) -> tuple[Column, str]:
    """This function will give the column that a note of mending is about, and the bare note."""
    part, mark, rest = note.partition("，")
    for column in columns:
        if mark and part == column.part:
            return column, rest
    filled = [column for column in columns if column.key in cells]
    result = note.rpartition("：")[2]
    # The cell whose text is not yet what the note says it became.
    odd = [each for each in filled if cells[each.key].text != result and _may_be(each, result)]
    return (odd or filled or list(columns))[0], note


def _may_be(column: Column, result: str) -> bool:
    return column.field in ("value", "numerator", "denominator", "covered", "score") or not result
