"""Judges one row: the checks of every other channel, said cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.corrections import ADDED_UP
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.scanning import Policy, scan
from shuangyong_core.reports.rules.body import check_keepable, check_size, read_envelope
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.harmless import find_harm, harm_problems
from shuangyong_core.reports.rules.required import FigureValue
from shuangyong_core.reports.rules.status import STATUS_WORDS, Status
from shuangyong_core.reports.rules.workbook.findings import FORMULA
from shuangyong_core.reports.rules.workbook.judging import Judging
from shuangyong_core.reports.rules.workbook.layout import SETTLED, Standing
from shuangyong_core.reports.rules.workbook.locate import message_of, spot, spot_note
from shuangyong_core.reports.rules.workbook.verdict import Outcome, RowVerdict
from shuangyong_core.sheets import why_unusable

WhyNot = Callable[[Standing], Refused | None]


class RowSettled(Refused):
    """The row was accepted: a workbook does not open it again."""

    message = (
        "这一行已审核，不能在工作簿里改。要改，请在网页上打开这份报送，用“更正”；"
        "不改，请把这一行恢复原样，或重新下载工作簿。"
    )
    code = "row_settled"


class RowWaits(Refused):
    """The row waits for review."""

    message = "这一行{status}，不能在工作簿里改。要改，请先在网页上撤回，再重新下载工作簿。"
    code = "row_waits"


class RowMoved(Refused):
    """The report moved since the workbook was downloaded."""

    message = "下载以后，这一行在别处办过（现在是“{status}”），请重新下载工作簿再改这一行。"
    code = "row_moved"


def judge_row(judging: Judging, *, why_not: WhyNot, policy: Policy) -> RowVerdict:
    """This function will say what becomes of a row that has content."""
    figures = judging.figures()
    body: dict[str, Any] = {"figures": figures, "note": judging.row.note.text}
    values, note = _read(judging, body)
    standing = judging.standing
    # What is as it was sent needs no right, no open round and no fresh download.
    if values is not None and _is_same(values, note, standing):
        return judging.verdict(Outcome.UNCHANGED, body)
    _blame_harm(judging, body, policy)
    if (why := why_unusable(judging.row.note)) is not None:
        judging.blame(why[0], f"备注 {judging.row.note.place}：{why[1]}")
    if judging.row.name != standing.name:
        sentence = f"这一行是“{standing.name}”的，单位名却被改了，请恢复原样，不要复制整行。"
        judging.blame("other_name", sentence)
    refused = _moved_on(standing, judging.seen_version) or why_not(standing)
    if refused is not None:
        _blame_changes(judging, refused, values)
    return judging.verdict(Outcome.WRONG if judging.faults else Outcome.WRITE, body)


def _read(judging: Judging, body: Mapping[str, Any]) -> tuple[list[FigureValue] | None, str]:
    """Reads as a submission is read; every problem goes to its cell."""
    note, values = "", None
    try:
        check_size(body)
        check_keepable(body)
        _, note = read_envelope(body, codes=judging.codes)
        values, notes = read_figures(body["figures"], judging.standing.items)
        _mend(judging, notes)
    except Problems as refused:
        for problem in refused.problems:
            _blame(judging, problem)
        _mend_the_rest(judging, body["figures"], {each.field or "" for each in refused.problems})
    except Refused as refused:
        judging.blame(refused.code, str(refused))
    return (None if judging.faults else values), note


def _mend_the_rest(judging: Judging, figures: Mapping[str, Any], wrong: Collection[str]) -> None:
    """Of a row with faults, what was read well is told all the same."""
    items = [each for each in judging.standing.items if each.code not in wrong]
    rest = {item.code: figures[item.code] for item in items if item.code in figures}
    with suppress(Problems):
        _mend(judging, read_figures(rest, [each for each in items if each.code in rest])[1])


def _blame(judging: Judging, problem: Problem) -> None:
    code = problem.field or ""
    if code in judging.unreadable:
        return  # said already, at the very cell
    columns = judging.columns(code)
    if not columns:
        judging.blame(problem.code, problem.message)
        return
    column = spot(problem, columns, judging.row.cells)
    judging.blame(problem.code, message_of(problem, column), target=code, at=column)


def _blame_changes(
    judging: Judging, refused: Refused, values: Sequence[FigureValue] | None
) -> None:
    """Of a row that may not be written, what differs from what was sent is to be put back."""
    known = judging.standing.values or {}
    given = {each.indicator: each for each in values or ()}
    changed = {each.target for each in judging.faults if each.target}
    if isinstance(refused, RowSettled | RowWaits) and values is not None:
        changed = {
            item.code
            for item in judging.standing.items
            if given.get(item.indicator) != known.get(item.indicator)
        }
    judging.faults.clear()
    if not isinstance(refused, RowSettled | RowWaits) or not changed:
        judging.blame(refused.code, str(refused))
        return
    for code in (each for each in judging.items if each in changed):
        judging.blame(refused.code, str(refused), target=code, at=judging.columns(code)[0])


def _blame_harm(judging: Judging, body: Mapping[str, Any], policy: Policy) -> None:
    """What a scan finds is never shown again: the cell is named, its content is not."""
    for problem in harm_problems(find_harm(body), policy):
        code = problem.field or ""
        columns = judging.columns(code)
        cells = judging.row.cells
        holding = [each for each in columns if each.key in cells and scan(cells[each.key].text)]
        place = next(iter((*holding, *columns)), None)
        judging.blame(problem.code, problem.message, target=code if place else "", at=place)


def _mend(judging: Judging, notes: Sequence[str]) -> None:
    for each in notes:
        code, _, note = each.partition("：")
        if ADDED_UP not in note:
            column, said = spot_note(note, judging.columns(code), judging.row.cells)
            judging.mend(code, column, said)
    for code in judging.items:
        for column in judging.columns(code):
            cell = judging.row.cells.get(column.key)
            if cell is not None and cell.is_formula:
                judging.mend(code, column, f"{FORMULA}取算好的值：{mask(cell.text)}")


def _is_same(values: Sequence[FigureValue], note: str, standing: Standing) -> bool:
    if not standing.is_sent or standing.values is None:
        return False
    return {each.indicator: each for each in values} == dict(standing.values) and (
        note == standing.note
    )


def _moved_on(standing: Standing, seen_version: int) -> Refused | None:
    status = standing.status
    if status is Status.ACCEPTED:
        return RowSettled()
    if status in SETTLED:
        return RowWaits(status=STATUS_WORDS[status])
    # A draft somebody has begun is told, not refused: the workbook is the newer word.
    if standing.version != seen_version and status not in (None, Status.DRAFT):
        return RowMoved(status=STATUS_WORDS[status])
    return None
