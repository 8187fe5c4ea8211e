"""What a workbook is once it is read: sheets, rows and cells as a person sees them in Excel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from shuangyong_core.guard.folding import trim

Value = None | str | int | Decimal | date | datetime | bool
PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
FRONT = "错误清单"  # the sheet that `mark_cells` puts in front; never data
NO_VALUE = "公式没有算出的值"
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is looked at; the sizes are checked before anything is unpacked."""

    upload: int = 10 * MB
    unpacked: int = 100 * MB
    entries: int = 200
    sheet_xml: int = 30 * MB
    other_xml: int = 16 * MB
    rows: int = 5_000
    columns: int = 60
    elements: int = 1_000_000  # 5,000 × 60 cells are 600,000
    seconds: int = 10  # for the child process that reads an old .xls


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: give `text` to the parsers of `guard`, `value` is for what needs no parsing."""

    row: int
    column: int
    value: Value = None
    text: str = ""
    is_formula: bool = False
    error: str | None = None
    merged: str | None = None

    @property
    def place(self) -> str:
        """Where it is, as Excel says it: E9."""
        return f"{letters(self.column)}{self.row}"

    @property
    def is_blank(self) -> bool:
        """Nothing a person could see is in it."""
        return self.error is None and not trim(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; `cells` leaves out the blank ones, `cell` never fails."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    merged: Mapping[int, str] = field(default_factory=dict)

    def cell(self, column: int) -> Cell:
        """This function will give the cell in a column counted from 1, blank if need be."""
        for each in self.cells:
            if each.column == column:
                return each
        return Cell(self.number, column, merged=self.merged.get(column))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: only rows that hold something, each with its own number."""

    title: str
    rows: tuple[Row, ...]
    state: str = "visible"
    merged: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def row(self, number: int) -> Row:
        """This function will give a row by its number, blank if nothing is in it."""
        return next((each for each in self.rows if each.number == number), Row(number, ()))

    def at(self, place: str) -> str:
        """This function will name a place of this sheet as Excel does: 社区!E9."""
        return f"{self.title}!{place}" if self.title else place


@dataclass(frozen=True, slots=True)
class Book:
    """A file as it was read; a csv is a book of one sheet without a title."""

    name: str
    kind: str  # "xlsx" | "csv" | "xls"
    sheets: tuple[Sheet, ...]

    def sheet(self, title: str) -> Sheet | None:
        """This function will give the sheet of that title, or None."""
        return next((each for each in self.sheets if each.title == title), None)

    @property
    def first(self) -> Sheet:
        """The first sheet a person sees that holds data, not our list of errors."""
        seen = [each for each in self.sheets if each.state == "visible" and each.title != FRONT]
        return (seen or list(self.sheets))[0]


def letters(column: int) -> str:
    """This function will name a column counted from 1 as Excel does: 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def row_and_column(place: str) -> tuple[int, int] | None:
    """This function will read "E9" as (9, 5); None if no sheet has such a place."""
    match = PLACE.fullmatch(place.replace("$", ""))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row, column) if row <= 1_048_576 and column <= 16_384 else None
