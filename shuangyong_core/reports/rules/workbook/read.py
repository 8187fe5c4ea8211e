"""Reads a workbook that came back: columns and rows by their hidden codes, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shuangyong_core.errors import Problem
from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.scanning import refuse_harm
from shuangyong_core.reports.rules.workbook.columns import NAME_KEY, NOTE_KEY, UNIT_KEY
from shuangyong_core.reports.rules.workbook.signing import META_TITLE, Meta, NotOurs, unseal
from shuangyong_core.sheets import LIMITS, Book, Cell, Row, Sheet, open_book
from shuangyong_core.sheets.book import letters

MOST_COLUMNS = 400  # a street with two dozen figures, their parts and what stands beside them
LIMITS_HERE = replace(LIMITS, columns=MOST_COLUMNS)
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
MARK = f"{UNIT_KEY}:"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row with a unit's hidden code."""

    sheet: str
    number: int
    unit: str
    name: str
    cells: Mapping[str, Cell]  # by column key; blank ones are left out
    merged: Mapping[str, str]  # by column key: the merged range it lies in
    note: Cell
    hidden: bool
    name_place: str


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One sheet of units; `columns` are numbers from 1 by column key."""

    key: str
    title: str
    columns: Mapping[str, int]
    rows: tuple[FilledRow, ...]

    def place(self, key: str, row: int) -> str:
        """This function will name the cell of a column in a row: E9."""
        return f"{letters(self.columns[key])}{row}" if key in self.columns else f"A{row}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook as it came back; nothing in it is believed yet but what is signed."""

    name: str
    kind: str
    meta: Meta
    sheets: tuple[FilledSheet, ...]
    problems: tuple[Problem, ...]  # of the table itself: a row without code, a column twice
    warnings: tuple[str, ...]

    @property
    def lost(self) -> list[str]:
        """The keys of sheets that were made and did not come back."""
        return sorted(self.meta.sheets.keys() - {sheet.key for sheet in self.sheets})


def read_workbook(data: bytes, *, name: str, secret: bytes) -> Filled:
    """This function will read a workbook of ours; raises Problems, NotOurs or OldTemplate."""
    refuse_harm(name, field="文件名")
    book = open_book(data, name=name, limits=LIMITS_HERE)
    meta = unseal(_hidden_cells(book), secret=secret)
    sheets: list[FilledSheet] = []
    problems: list[Problem] = []
    warnings: list[str] = []
    for sheet in book.sheets:
        marked = _marked(sheet)
        if marked is None:
            continue
        reader = _Reader(sheet, *marked, name=name, meta=meta)
        sheets.append(reader.read())
        problems += reader.problems
        warnings += reader.warnings
    return Filled(name, book.kind, meta, tuple(sheets), tuple(problems), tuple(warnings))


def _hidden_cells(book: Book) -> list[str]:
    hidden = book.sheet(META_TITLE)
    if hidden is None:
        raise NotOurs
    return [str(row.cell(1).value) for row in hidden.rows]


def _marked(sheet: Sheet) -> tuple[Row, Cell] | None:
    for row in sheet.rows[:20]:
        for cell in row.cells:
            if cell.text.startswith(MARK):
                return row, cell
    return None


class _Reader:
    """Reads one sheet of units, collecting what is wrong with the table itself."""

    def __init__(self, sheet: Sheet, head: Row, mark: Cell, *, name: str, meta: Meta) -> None:
        self._sheet, self._head, self._mark, self._name = sheet, head, mark, name
        self.key = mark.text.removeprefix(MARK)
        self._known = {*meta.sheets.get(self.key, ()), NAME_KEY, NOTE_KEY}
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self._columns = self._find_columns()

    def _find_columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for cell in self._head.cells:
            if cell.text not in self._known:
                continue
            if cell.text in found:
                both = f"{letters(found[cell.text])}、{letters(cell.column)}"
                why = f"{both} 两列是同一栏，请删去复制出来的一列。"
                self._wrong("column_twice", why, row=self._head.number, place=cell.place)
            found.setdefault(cell.text, cell.column)
        return found

    def read(self) -> FilledSheet:
        """This method will give the rows with a hidden code, and say what else has content."""
        rows = []
        added: set[int] = set()
        for row in self._sheet.rows:
            if row.number <= self._head.number:
                continue
            by_column = {cell.column: cell for cell in row.cells}
            code = by_column.get(self._mark.column)
            if code is not None and not code.is_blank:
                rows.append(self._filled(row, by_column, trim(code.text)))
                added |= self._unasked(by_column)
            else:
                self._without_code(row, by_column, is_head=not rows)
        for column in sorted(self._hidden(rows)):
            told = f"“{self._sheet.title}”表的 {letters(column)} 列被隐藏了，里面的数照样读。"
            self.warnings.append(told)
        for column in sorted(added):
            told = f"“{self._sheet.title}”表的 {letters(column)} 列是自己加的，没有读。"
            self.warnings.append(told)
        return FilledSheet(self.key, self._sheet.title, self._columns, tuple(rows))

    def _filled(self, row: Row, by_column: Mapping[int, Cell], unit: str) -> FilledRow:
        inputs = {key: at for key, at in self._columns.items() if not key.startswith("#")}
        name_at = self._columns.get(NAME_KEY, self._mark.column)
        name = by_column.get(name_at, Cell(row.number, name_at))
        note_at = self._columns.get(NOTE_KEY, 0)
        return FilledRow(
            sheet=self._sheet.title,
            number=row.number,
            unit=unit,
            name=trim(name.text),
            cells={key: by_column[at] for key, at in inputs.items()
                   if at in by_column and not by_column[at].is_blank},
            merged={key: row.merged[at] for key, at in inputs.items() if at in row.merged},
            note=by_column.get(note_at, Cell(row.number, note_at or name_at)),
            hidden=row.hidden,
            name_place=name.place,
        )  # fmt: skip

    def _hidden(self, rows: Sequence[FilledRow]) -> set[int]:
        filled = {self._columns[key] for row in rows for key in row.cells}
        return filled & self._sheet.hidden_columns

    def _unasked(self, by_column: Mapping[int, Cell]) -> set[int]:
        last = max(self._columns.values(), default=0)
        return {at for at, cell in by_column.items() if at > last and not cell.is_blank}

    def _without_code(self, row: Row, by_column: Mapping[int, Cell], *, is_head: bool) -> None:
        inputs = [at for key, at in self._columns.items() if not key.startswith("#")]
        filled = [by_column[at] for at in inputs if at in by_column and not by_column[at].is_blank]
        if is_head:  # titles and labels are words; a number there is a row that lost its code
            filled = [cell for cell in filled if not isinstance(cell.value, str)]
        if not filled:
            return
        words = {trim(cell.text).replace(" ", "").replace("\u3000", "") for cell in row.cells}
        if words & TOTALS:
            self.warnings.append(
                f"“{self._sheet.title}”表第 {row.number} 行是合计，没有读，系统会自己汇总。"
            )
            return
        why = "这一行没有单位编号，请不要自己加行；要报的单位不在表里，请重新下载工作簿。"
        self._wrong("row_without_unit", why, row=row.number, place=filled[0].place)

    def _wrong(self, code: str, why: str, *, row: int, place: str) -> None:
        where = self._sheet.at(place)
        self.problems.append(Problem(code, why, file=self._name, row=row, field=where))
