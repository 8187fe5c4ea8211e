"""The sheets of a workbook as they were checked: what is wrong, what was mended, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping

from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.workbook.columns import columns_of
from shuangyong_core.reports.rules.workbook.findings import CellState
from shuangyong_core.reports.rules.workbook.layout import Template
from shuangyong_core.reports.rules.workbook.read import Filled, FilledSheet
from shuangyong_core.reports.rules.workbook.verdict import Outcome, RowVerdict, Verdict
from shuangyong_core.reports.rules.workbook.write import NAME, STATE
from shuangyong_core.sheets.book import letters
from shuangyong_core.web.pages.workbook_view import Grid, GridCell, GridRow

LONGEST_TITLE = 8  # the code says which it is; the table beside it has the whole title
TONES = {CellState.WRONG: "x", CellState.MENDED: "z"}


def grids_of(filled: Filled, verdict: Verdict, template: Template) -> tuple[Grid, ...]:
    """This function will draw every sheet that has a row of the verdict."""
    items = {item.code: item for sheet in template.sheets for item in sheet.items}
    found = []
    for sheet in filled.sheets:
        rows = [row for row in verdict.rows if row.sheet == sheet.title]
        if any(row.cells for row in rows):
            found.append(_grid(sheet, rows, items, own=filled.meta.unit))
    return tuple(found)


def _grid(
    sheet: FilledSheet,
    rows: list[RowVerdict],
    items: Mapping[str, RequiredFigure],
    *,
    own: str,
) -> Grid:
    headers = {
        column.key: _header(item, column.label, len(columns_of(item)))
        for item in items.values()
        for column in columns_of(item)
    }
    keys = sorted(
        (key for key in sheet.columns.keys() & headers.keys() if _says_anything(sheet, rows, key)),
        key=lambda key: sheet.columns[key],
    )
    placed = [NAME + 1, STATE + 1, *(sheet.columns[key] for key in keys)]
    return Grid(
        title=sheet.title,
        letters=tuple(letters(number) for number in placed),
        headers=("单位", "状态", *(headers[key] for key in keys)),
        rows=tuple(_row(sheet, row, keys, own=own) for row in rows),
    )


def _header(item: RequiredFigure, label: str, columns: int) -> str:
    unit = (
        f"（{item.display_unit}）" if item.display_unit and item.kind in ("count", "money") else ""
    )
    title = item.title if len(item.title) <= LONGEST_TITLE else f"{item.title[:LONGEST_TITLE]}…"
    return f"{item.code} {title}{unit}" if columns == 1 else f"{item.code} {label}"


def _says_anything(sheet: FilledSheet, rows: list[RowVerdict], key: str) -> bool:
    """Whether any row has something in a column: an empty one only pushes the others out."""
    return any(cell.place == sheet.place(key, row.row) for row in rows for cell in row.cells)


def _row(sheet: FilledSheet, row: RowVerdict, keys: list[str], *, own: str) -> GridRow:
    by_place = {cell.place: cell for cell in row.cells}
    became = {each.place: each.became for each in row.mended if each.became}
    cells = []
    for key in keys:
        place = sheet.place(key, row.row)
        cell = by_place.get(place)
        tone = TONES.get(cell.state, "") if cell else ""
        text = became.get(place, cell.value) if cell and tone == "z" else cell.value if cell else ""
        cells.append(GridCell(text, tone))
    is_locked = row.outcome is Outcome.UNCHANGED
    writes = row.outcome in (Outcome.WRITE, Outcome.WRONG)
    state = ("代填" if row.unit != own else "本级") if writes else row.state
    tag = row.state if writes and row.state.startswith("草稿") else ""
    return GridRow(row.row, row.unit_name, state, tag, tuple(cells), is_locked)
