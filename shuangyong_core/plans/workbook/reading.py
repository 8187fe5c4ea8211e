"""One reading of a plan's workbook: what was wrong, what was said, where each field stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuangyong_core.errors import Problem
from shuangyong_core.plans.workbook.layout import Column
from shuangyong_core.plans.workbook.places import Places, join
from shuangyong_core.plans.workbook.words import NO, TICK, YES, code_of
from shuangyong_core.sheets import (
    Cell,
    Sheet,
    Table,
    TableRow,
    find_table,
    problem_at,
    why_unusable,
)


@dataclass(slots=True)
class Reading:
    """What has been read so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: Places = field(default_factory=Places)

    def table(self, sheet: Sheet, columns: Sequence[Column], *, needed: Sequence[str]) -> Table:
        """This function will find the table of a sheet; raises Problems."""
        headers = {column.key: (column.header,) for column in columns}
        return find_table(sheet, headers, required=needed, file=self.file)

    def wrong(self, code: str, message: str, *, table: Table, key: str, cell: Cell) -> None:
        """This function will note what is wrong in a cell."""
        header = table.title_of(key)
        found = problem_at(
            code, message, file=self.file, sheet=table.sheet, cell=cell, header=header
        )
        # One thing is said of a cell: what comes later only follows from it.
        if all(one.field != found.field for one in self.problems):
            self.problems.append(found)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table while its fields go to the body under a path."""

    reading: Reading
    table: Table
    row: TableRow
    path: str

    def text(self, key: str, *, at: str | None = None) -> str:
        """This function will give the text of a cell and keep its place under the body's name."""
        cell = self.row.get(key)
        if not cell.column:
            # Blank cells are still places: that a field is missing is said where it belongs.
            cell = Cell(self.row.number, self.table.columns.get(key, 1))
        header = self.table.title_of(key)
        self.reading.places.put(join(self.path, at or key), self.table.sheet, cell, header)
        unusable = why_unusable(cell)
        if unusable is not None:
            self.reading.wrong(*unusable, table=self.table, key=key, cell=cell)
            return ""
        return cell.text.strip()

    def here(self, key: str) -> None:
        """This function will keep the row itself as the place of what has no column."""
        cell = Cell(self.row.number, self.table.columns.get(key, 1))
        self.reading.places.put(self.path, self.table.sheet, cell, self.table.title_of(key))

    def choice(self, key: str, words: Mapping[str, str], *, at: str | None = None) -> str:
        """This function will read one of a closed list; what is in it neither way is refused."""
        word = self.text(key, at=at)
        code = code_of(words, word)
        if word and code not in words:
            self.wrong("no_choice", f"只能选：{'、'.join(words.values())}。", key=key)
            return ""
        return code

    def is_ticked(self, key: str, *, at: str | None = None) -> bool:
        """This function will read a tick; a word that is neither yes nor no is refused."""
        word = self.text(key, at=at)
        if word.lower() not in YES | NO:
            why = f"这里只打 {TICK}，或者空着。"
            self.wrong("not_a_tick", why, key=key)
        return word.lower() in YES

    def wrong(self, code: str, message: str, *, key: str) -> None:
        """This function will note what is wrong in a cell of the row."""
        cell = self.row.get(key)
        cell = cell if cell.column else Cell(self.row.number, self.table.columns.get(key, 1))
        self.reading.wrong(code, message, table=self.table, key=key, cell=cell)


def without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    """This function will leave out what was left blank."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}
