"""Finds a table in a sheet by the names over its columns, wherever it stands and in any order."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shuangyong_core.errors import Problem
from shuangyong_core.guard.folding import EDGES
from shuangyong_core.guard.masking import mask
from shuangyong_core.sheets.book import Cell, Row, Sheet, letters
from shuangyong_core.sheets.refusing import all_at_once

LOOKED_AT = 20  # rows: a title, a note and a two-line header fit in fewer
WIDE = {0xFF01 + n: 0x21 + n for n in range(94)}
DROPPED = dict.fromkeys([*map(ord, EDGES), ord("*")])


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under the header, its cells by key."""

    row: Row
    columns: Mapping[str, int]
    headers: Mapping[int, str]

    @property
    def number(self) -> int:
        """Its number, as Excel shows it."""
        return self.row.number

    @property
    def hidden(self) -> bool:
        """A person who scrolls through the sheet does not see it."""
        return self.row.hidden

    def get(self, key: str) -> Cell:
        """This function will give the cell of a key; blank if the table has no such column."""
        column = self.columns.get(key)
        return Cell(self.number, 0) if column is None else self.row.cell(column)

    def values(self, prefix: str) -> dict[str, Cell]:
        """This function will give the cells of columns like 基数:户数, by what follows `基数:`."""
        begin = plain_header(prefix)
        return {
            name[len(begin) :]: self.row.cell(column)
            for column, name in self.headers.items()
            if name.startswith(begin) and len(name) > len(begin)
        }


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it; `headers` are the names as written, by column."""

    sheet: Sheet
    header: Row
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    rows: tuple[TableRow, ...]

    def title_of(self, key: str) -> str:
        """This function will give the name over a key's column, as the sender wrote it."""
        return self.headers.get(self.columns.get(key, 0), key)


def find_table(
    sheet: Sheet, headers: Mapping[str, Sequence[str]], *, required: Collection[str], file: str
) -> Table:
    """This function will find the header row by its names; Problems for missing or doubled ones."""
    keys = {plain_header(name): key for key, names in headers.items() for name in (key, *names)}
    header = _header_row(sheet, keys, file=file)
    names = {cell.column: plain_header(cell.text) for cell in header.cells}
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for column, name in names.items():
        key = keys.get(name, name)
        if key in seen:
            problems.append(_doubled(header, column, seen[key], file=file))
        seen.setdefault(key, column)
        if name in keys:
            columns.setdefault(key, column)
    problems += [
        _missing(header, headers[key], key=key, file=file) for key in required if key not in columns
    ]
    if problems:
        raise all_at_once(problems)
    below = tuple(TableRow(row, columns, names) for row in sheet.rows if row.number > header.number)
    return Table(sheet, header, columns, {c.column: c.text for c in header.cells}, below)


def plain_header(text: str) -> str:
    """This function will write a header without blanks, width, case or the star of 必填."""
    plain = unicodedata.normalize("NFC", text).translate(WIDE).translate(DROPPED)
    return plain.casefold()


def _header_row(sheet: Sheet, keys: Mapping[str, str], *, file: str) -> Row:
    first = [row for row in sheet.rows if row.number <= LOOKED_AT] or list(sheet.rows[:1])
    if not first:
        where = f"“{sheet.title}”" if sheet.title else "文件"
        raise all_at_once([Problem("empty", f"{where}里没有内容，请从表头起填写。", file=file)])
    return max(first, key=lambda row: sum(plain_header(c.text) in keys for c in row.cells))


def _doubled(header: Row, column: int, before: int, *, file: str) -> Problem:
    shown, text = letters(column), mask(header.cell(column).text)
    said = f"表头“{text}”在 {letters(before)} 列和 {shown} 列出现了两次，请只留一列。"
    return Problem("doubled_header", said, file=file, row=header.number, column=shown, value=text)


def _missing(header: Row, names: Sequence[str], *, key: str, file: str) -> Problem:
    name = names[0] if names else key
    said = f"缺少“{name}”列，请核对表头，或用新下载的模板。"
    return Problem("missing_header", said, file=file, row=header.number, column=name)
