"""How a workbook is answered: a verdict for every row and cell, what was mended, what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import ReceiptAnswer, receipt
from shuangyong_core.answers.problems import MOST
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.reports.rules.workbook.findings import CheckedCell, Mended
from shuangyong_core.reports.rules.workbook.verdict import Outcome, RowVerdict, Verdict


class CellAnswer(TypedDict):
    """One input cell: `passed`, `mended`, `wrong` or `unchanged`."""

    place: str  # E9
    target: str
    field: str
    value: str  # short and masked
    state: str


class RowAnswer(TypedDict):
    """One unit: `write`, `unchanged`, `blank` or `wrong`."""

    sheet: str
    row: int
    unit: str
    unit_name: str
    outcome: str
    status: str  # where its report stands
    figures: int
    wrong: int
    cells: list[CellAnswer]


class CellProblemAnswer(TypedDict):
    """One thing to mend; `field` is the place as Excel says it: 社区!E9."""

    field: str | None
    row: int | None
    column: str | None
    unit: str
    target: str
    code: str
    message: str
    value: str | None


class MendedAnswer(TypedDict):
    """已自动更正: a cell that was read although it was written another way."""

    field: str
    unit: str
    target: str
    value: str
    became: str
    note: str


class KindAnswer(TypedDict):
    """How often one kind of mending was done."""

    kind: str
    count: int


class CountsAnswer(TypedDict):
    """格 that were checked, and units by outcome."""

    checked: int
    passed: int
    wrong: int
    write: int
    unchanged: int
    blank: int


class VerdictAnswer(TypedDict):
    """What a workbook holds, and what was or would be written."""

    file: str
    plan: str
    round: str
    unit: str
    below: bool
    dry_run: bool
    passes: bool
    summary: str
    counts: CountsAnswer
    rows: list[RowAnswer]
    problems: list[CellProblemAnswer]
    normalised: list[MendedAnswer]
    normalised_kinds: list[KindAnswer]
    warnings: list[str]
    receipts: list[ReceiptAnswer]


def verdict(found: Verdict, *, dry_run: bool, receipts: Sequence[Receipt] = ()) -> VerdictAnswer:
    """This function will answer a verdict."""
    kinds: list[KindAnswer] = [{"kind": kind, "count": count} for kind, count in found.mended_kinds]
    return {
        "file": found.file,
        "plan": found.plan,
        "round": found.round,
        "unit": found.unit,
        "below": found.below,
        "dry_run": dry_run,
        "passes": found.passes,
        "summary": found.summary,
        "counts": _counts(found),
        "rows": [_row(row) for row in found.rows],
        "problems": _problems(found)[:MOST],
        "normalised": [_mended(each) for each in found.mended],
        "normalised_kinds": kinds,
        "warnings": list(found.warnings),
        "receipts": [receipt(each) for each in receipts],
    }


def _counts(found: Verdict) -> CountsAnswer:
    return {
        "checked": found.checked,
        "passed": found.checked - found.wrong,
        "wrong": found.wrong,
        "write": found.count(Outcome.WRITE),
        "unchanged": found.count(Outcome.UNCHANGED),
        "blank": found.count(Outcome.BLANK),
    }


def _row(row: RowVerdict) -> RowAnswer:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "unit": row.unit,
        "unit_name": row.unit_name,
        "outcome": row.outcome.value,
        "status": row.state,
        "figures": row.figures,
        "wrong": row.wrong_figures,
        "cells": [_cell(each) for each in row.cells],
    }


def _cell(cell: CheckedCell) -> CellAnswer:
    return {
        "place": cell.place,
        "target": cell.target,
        "field": cell.field,
        "value": cell.value,
        "state": cell.state.value,
    }


def _problems(found: Verdict) -> list[CellProblemAnswer]:
    table: list[CellProblemAnswer] = [
        {
            "field": each.field, "row": each.row, "column": each.column, "unit": "",
            "target": "", "code": each.code, "message": each.message, "value": each.value,
        }
        for each in found.problems
    ]  # fmt: skip
    cells: list[CellProblemAnswer] = [
        {
            "field": each.where, "row": each.row, "column": each.header or None,
            "unit": each.unit, "target": each.target, "code": each.code,
            "message": each.message, "value": each.value,
        }
        for each in found.faults
    ]  # fmt: skip
    return table + cells


def _mended(each: Mended) -> MendedAnswer:
    return {
        "field": f"{each.sheet}!{each.place}",
        "unit": each.unit,
        "target": each.target,
        "value": each.value,
        "became": each.became,
        "note": each.note,
    }
