"""How a sheet of a plan's workbook looks: title, sentence, header, rows, dropdowns, room below."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from shuangyong_core.plans.workbook.layout import HEADER_ROW, TOLD, Column

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
LONGEST_LIST = 255  # what Excel takes of a list written into its cell
WRAPPED = frozenset(
    {"said", "says", "note", "materials", "title", "parts", "source", "who", "hint"}
)
LINE = 17  # points
CENTRED = 9  # narrower columns hold a tick or a word


class Paper:
    """A workbook while it is written."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._title = book.add_format({**FONT, "bold": True, "font_size": 14})
        self._said = book.add_format({**FONT, "font_color": "#555555"})
        header = {"bold": True, "bg_color": "#DDE7F0", "border": 1, "text_wrap": True}
        self._header = book.add_format({**FONT, **header, "align": "center"})
        # Text: a code keeps its zeros, a date stays as it is typed.
        cell = {**FONT, "num_format": "@", "border": 1, "border_color": "#BBBBBB"}
        self._cell = book.add_format(cell)
        self._wrapped = book.add_format({**cell, "text_wrap": True})
        self._centred = book.add_format({**cell, "align": "center"})
        self._chosen = book.add_format({"bg_color": "#FFF4CE"})

    def sheet(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Mapping[str, str]],
        *,
        choices: Mapping[str, Any] | None = None,
        spare: int = 0,
        mark: str = "",
        frozen: int = 0,
    ) -> None:
        """This function will write a sheet; `mark` is a column whose ticked rows are coloured."""
        sheet = self._book.add_worksheet(title)
        said, more = TOLD[title]
        sheet.write_string(0, 0, said, self._title)
        sheet.write_string(1, 0, more, self._said)
        sheet.set_row(HEADER_ROW - 1, 32)
        last = HEADER_ROW + len(rows) + spare
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(HEADER_ROW - 1, number, column.header, self._header)
            self._choose(sheet, number, column, last=last, choices=choices or {})
            for place in range(last - HEADER_ROW):
                value = rows[place].get(column.key, "") if place < len(rows) else ""
                self._put(sheet, HEADER_ROW + place, number, value, column)
        for place, row in enumerate(rows):
            sheet.set_row(HEADER_ROW + place, LINE * _lines(row, columns))
        sheet.freeze_panes(HEADER_ROW, frozen)
        if mark:
            sheet.autofilter(HEADER_ROW - 1, 0, last - 1, len(columns) - 1)
            self._colour(sheet, columns, mark, last=last)
        self._for_print(sheet)

    def _put(self, sheet: Any, row: int, number: int, value: str, column: Column) -> None:
        look = self._wrapped if column.key in WRAPPED else self._cell
        look = self._centred if column.width <= CENTRED else look
        if value:
            sheet.write_string(row, number, value, look)
        else:
            sheet.write_blank(row, number, None, look)

    def _choose(
        self, sheet: Any, number: int, column: Column, *, last: int, choices: Mapping[str, Any]
    ) -> None:
        found = choices.get(column.key)
        told = {"input_title": column.header, "input_message": column.says} if column.says else {}
        if not found and not told:
            return
        rule: dict[str, Any] = {"validate": "any", **told}
        if found and len("".join(found)) < LONGEST_LIST:
            # Another word may be typed: whether it can be used is said by the check, with its cell.
            rule = {"validate": "list", "source": found, "error_type": "warning", **told}
        sheet.data_validation(HEADER_ROW, number, last - 1, number, rule)

    def _colour(self, sheet: Any, columns: Sequence[Column], mark: str, *, last: int) -> None:
        place = [column.key for column in columns].index(mark)
        letter = chr(ord("A") + place)
        rule = f'=${letter}{HEADER_ROW + 1}="√"'
        look = {"type": "formula", "criteria": rule, "format": self._chosen}
        sheet.conditional_format(HEADER_ROW, 0, last - 1, len(columns) - 1, look)

    def _for_print(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _lines(row: Mapping[str, str], columns: Sequence[Column]) -> int:
    """How many lines the fullest wrapped cell takes: a Chinese character is two wide."""
    widths = {column.key: column.width for column in columns if column.key in WRAPPED}
    taken = [
        math.ceil(sum(1 + (letter > "\u2000") for letter in row.get(key, "")) / width)
        for key, width in widths.items()
    ]
    return max([1, *taken])
